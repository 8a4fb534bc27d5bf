package io.hyperfleet.management;

import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/**
 * Removes the group from each route if Hawtio is enabled. Hawtio 4.3 puts routes of a group below a group node, looks
 * for their context one level above the route, does not find it, and shows 0 exchanges for every step.
 */
final class UngroupedRoutes extends ModelLifecycleStrategySupport {

  @Override
  public void onAddRouteDefinition(RouteDefinition route) {
    route.setGroup(null);
  }
}
