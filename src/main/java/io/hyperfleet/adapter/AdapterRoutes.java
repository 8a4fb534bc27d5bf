package io.hyperfleet.adapter;

import io.hyperfleet.broker.Subscriptions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.TemplateInstances;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.stereotype.Component;

/**
 * Instantiates the routes of each adapter: its template, its subscription and its job hint (design 17). Only values that the loader has checked become template parameters:
 * Camel would execute placeholders in anything else.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class AdapterRoutes implements TemplateInstances {

  private final AdapterRegistry adapters;
  private final AdapterProperties properties;
  private final Subscriptions subscriptions;

  AdapterRoutes(AdapterRegistry adapters, AdapterProperties properties, Subscriptions subscriptions) {
    this.adapters = adapters;
    this.properties = properties;
    this.subscriptions = subscriptions;
  }

  @Override
  public void addTo(CamelContext context) {
    for (AdapterDefinition definition : adapters.all()) {
      subscriptions.declare(definition.subscription(), adapters.kindOf(definition).topic());
      TemplatedRouteBuilder.builder(context, definition.template())
          .routeId(routeId(definition.name()))
          .prefixId(definition.name())
          .parameter("adapter", definition.name())
          .add();
      TemplatedRouteBuilder.builder(context, "adapter-subscription")
          .routeId(definition.name() + "-subscription")
          .prefixId(definition.name())
          .parameter("adapter", definition.name())
          .parameter("subscription", definition.subscription())
          .parameter("concurrency", String.valueOf(definition.concurrency()))
          .add();
      if (properties.jobHint() && definition.makesJobs()) {
        TemplatedRouteBuilder.builder(context, "adapter-job-hint")
            .routeId(definition.name() + "-job-hint")
            .prefixId(definition.name())
            .parameter("adapter", definition.name())
            .parameter("namespace", definition.namespace())
            .add();
      }
    }
  }

  /** The id of an adapter's route. */
  static String routeId(String adapter) {
    return adapter + "-adapter";
  }
}
