package io.hyperfleet.adapter;

import io.hyperfleet.broker.Subscriptions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.RouteLoading;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Instantiates the route template of each adapter. Only values that the loader has checked become template parameters:
 * Camel would execute placeholders in anything else.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
@Order(RouteLoading.TEMPLATE_INSTANCES)
class AdapterRoutes implements CamelContextConfiguration {

  private final AdapterRegistry adapters;
  private final Subscriptions subscriptions;

  AdapterRoutes(AdapterRegistry adapters, Subscriptions subscriptions) {
    this.adapters = adapters;
    this.subscriptions = subscriptions;
  }

  @Override
  public void beforeApplicationStart(CamelContext context) {
    for (AdapterDefinition definition : adapters.all()) {
      subscriptions.declare(definition.subscription(), adapters.kindOf(definition).topic());
      TemplatedRouteBuilder.builder(context, definition.template())
          .routeId(definition.name() + "-adapter")
          .parameter("adapter", definition.name())
          .parameter("subscription", definition.subscription())
          .parameter("concurrency", String.valueOf(definition.concurrency()))
          .add();
    }
  }

  @Override
  public void afterApplicationStart(CamelContext context) {
    // Supervised consumers find their subscriptions by themselves.
  }
}
