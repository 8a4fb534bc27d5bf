package io.hyperfleet.adapter;

import io.hyperfleet.broker.Subscriptions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.TemplateInstances;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.stereotype.Component;

/**
 * Instantiates the route template of each adapter. Only values that the loader has checked become template parameters:
 * Camel would execute placeholders in anything else.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class AdapterRoutes implements TemplateInstances {

  private final AdapterRegistry adapters;
  private final AdapterKinds kinds;
  private final Subscriptions subscriptions;

  AdapterRoutes(AdapterRegistry adapters, AdapterKinds kinds, Subscriptions subscriptions) {
    this.adapters = adapters;
    this.kinds = kinds;
    this.subscriptions = subscriptions;
  }

  @Override
  public void addTo(CamelContext context) {
    adapters.all().forEach(definition -> add(context, definition));
  }

  /** Adds the route of an adapter, which starts when Camel runs already. */
  void add(CamelContext context, AdapterDefinition definition) {
    subscriptions.declare(definition.subscription(), kinds.kindOf(definition).topic());
    TemplatedRouteBuilder.builder(context, definition.template())
        .routeId(routeId(definition.name()))
        .prefixId(definition.name())
        .parameter("adapter", definition.name())
        .parameter("subscription", definition.subscription())
        .parameter("concurrency", String.valueOf(definition.concurrency()))
        .add();
  }

  /**
   * Takes the route of an adapter away, after the events that it has in work; what it has not begun goes back to the broker.
   *
   * @throws Exception when Camel cannot stop it
   */
  void remove(CamelContext context, AdapterDefinition definition) throws Exception {
    subscriptions.withdraw(definition.subscription());
    context.getRouteController().stopRoute(routeId(definition.name()));
    context.removeRoute(routeId(definition.name()));
  }

  /** Whether both can be run by the same route. */
  boolean same(AdapterDefinition one, AdapterDefinition other) {
    return one.template().equals(other.template()) && one.kind().equals(other.kind())
        && one.subscription().equals(other.subscription()) && one.concurrency() == other.concurrency();
  }

  /** The id of an adapter's route. */
  static String routeId(String adapter) {
    return adapter + "-adapter";
  }
}
