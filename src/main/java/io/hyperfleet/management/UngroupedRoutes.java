package io.hyperfleet.management;

import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/**
 * Takes the group from each route where Hawtio is on. Hawtio 4.3 puts routes of a group below a node of it, looks for
 * their context one level above the route, finds none there, and draws every step with 0 exchanges.
 */
final class UngroupedRoutes extends ModelLifecycleStrategySupport {

  @Override
  public void onAddRouteDefinition(RouteDefinition route) {
    route.setGroup(null);
  }
}
