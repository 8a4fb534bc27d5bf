package io.hyperfleet.adapter;

import io.hyperfleet.broker.Subscriptions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.TemplateInstances;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.stereotype.Component;

/**
 * Instantiates the routes of each adapter: its template, its subscription and its hints (design 17). Only values that the
 * loader has checked become template parameters: Camel would execute placeholders in anything else.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class AdapterRoutes implements TemplateInstances {

  private final AdapterRegistry adapters;
  private final AdapterKinds kinds;
  private final AdapterProperties properties;
  private final Subscriptions subscriptions;
  private final AdapterMonitor monitor;

  AdapterRoutes(AdapterRegistry adapters, AdapterKinds kinds, AdapterProperties properties, Subscriptions subscriptions,
      AdapterMonitor monitor) {
    this.monitor = monitor;
    this.adapters = adapters;
    this.kinds = kinds;
    this.properties = properties;
    this.subscriptions = subscriptions;
  }

  @Override
  public void addTo(CamelContext context) {
    adapters.all().forEach(definition -> add(context, definition));
  }

  /** Adds the routes of an adapter; they start at once when Camel runs already. */
  void add(CamelContext context, AdapterDefinition definition) {
    subscriptions.declare(definition.subscription(), kinds.kindOf(definition).topic(), definition.name());
    monitor.watch(definition.name());
    TemplatedRouteBuilder.builder(context, definition.template())
        .routeId(routeId(definition.name()))
        .prefixId(definition.name())
        .parameter("adapter", definition.name())
        .add();
    TemplatedRouteBuilder.builder(context, "adapter-subscription")
        .routeId(subscriptionRouteId(definition.name()))
        .prefixId(definition.name())
        .parameter("adapter", definition.name())
        .parameter("subscription", definition.subscription())
        .parameter("concurrency", String.valueOf(definition.concurrency()))
        .add();
    if (properties.jobHint()) {
      definition.types().forEach(type -> addHint(context, definition, type));
    }
  }

  private static void addHint(CamelContext context, AdapterDefinition definition, ManifestTemplate.Type type) {
    var id = hintRouteId(definition, type);
    TemplatedRouteBuilder.builder(context, "adapter-hint")
        .routeId(id)
        .prefixId(id)
        .parameter("adapter", definition.name())
        .parameter("namespace", definition.namespace())
        .parameter("resource", type.apiVersion() + "/" + type.kind())
        .add();
  }

  /**
   * Takes the routes of an adapter away, after the events that they have in work; what they have not begun goes back to the
   * broker.
   *
   * @throws Exception when Camel cannot stop one
   */
  void remove(CamelContext context, AdapterDefinition definition) throws Exception {
    subscriptions.withdraw(definition.subscription());
    List<String> ids = new ArrayList<>();
    ids.add(subscriptionRouteId(definition.name()));
    definition.types().forEach(type -> ids.add(hintRouteId(definition, type)));
    ids.add(routeId(definition.name()));
    for (String id : ids) {
      if (context.getRoute(id) != null) {
        context.getRouteController().stopRoute(id);
        context.removeRoute(id);
      }
    }
  }

  /** Whether both can be run by the same routes. */
  static boolean same(AdapterDefinition one, AdapterDefinition other) {
    return one.template().equals(other.template()) && one.kind().equals(other.kind())
        && one.subscription().equals(other.subscription()) && one.concurrency() == other.concurrency()
        && one.namespace().equals(other.namespace()) && one.types().equals(other.types());
  }

  /** The id of the route that handles an adapter's events. */
  static String routeId(String adapter) {
    return adapter + "-adapter";
  }

  /** The id of the route that receives an adapter's events. */
  static String subscriptionRouteId(String adapter) {
    return adapter + "-subscription";
  }

  private static String hintRouteId(AdapterDefinition definition, ManifestTemplate.Type type) {
    return definition.name() + "-hint-" + type.kind().toLowerCase(Locale.ROOT);
  }
}
