package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterProperties;
import io.hyperfleet.adapter.definition.ManifestTemplate;
import io.hyperfleet.broker.Subscriptions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.TemplateInstances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.springframework.stereotype.Component;

/**
 * Instantiates the routes of each adapter: its template, its subscription and its hints. Only values that the loader
 * has checked become template parameters: Camel would execute placeholders in anything else.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterRoutes implements TemplateInstances {

  /** Time for the routes of one adapter to finish the events in progress. */
  private static final Duration STOP = Duration.ofSeconds(20);

  /** Values without a meaning in Camel's languages, URIs and property placeholders. */
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,399}");

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

  /** Adds the routes of the adapters that run from the start. */
  @Override
  public void addTo(CamelContext context) throws Exception {
    for (AdapterDefinition definition : adapters.all()) {
      add(context, definition);
    }
  }

  /**
   * Adds the routes of an adapter, all or none; they start at once if Camel is running.
   *
   * @throws Exception when one cannot be added; those added before it are removed again
   */
  void add(CamelContext context, AdapterDefinition definition) throws Exception {
    for (String id : ids(definition)) {
      if (model(context).getRouteDefinition(id) != null) {
        throw new IllegalStateException("there is another route '" + id + "'");
      }
    }
    try {
      subscriptions.declare(definition.subscription(), kinds.kindOf(definition).topic(), definition.name(),
          adapters.isBuiltIn(definition));
      instance(context, definition.template().name(), routeId(definition.name()), definition).add();
      var subscription = instance(context, "adapter-subscription", subscriptionRouteId(definition.name()), definition);
      parameter(subscription, "subscription", definition.subscription());
      parameter(subscription, "concurrency", String.valueOf(definition.concurrency()));
      subscription.add();
      for (ManifestTemplate.Type type : hinted(definition)) {
        var hint = instance(context, "adapter-hint", hintRouteId(definition, type), definition);
        parameter(hint, "namespace", definition.namespace());
        parameter(hint, "resource", type.apiVersion() + "/" + type.kind());
        hint.add();
      }
      monitor.watch(definition.name());
    } catch (Exception e) {
      undo(context, definition, e);
      throw e;
    }
  }

  private void undo(CamelContext context, AdapterDefinition definition, Exception cause) {
    try {
      remove(context, definition);
    } catch (Exception e) {
      cause.addSuppressed(e);
    }
  }

  private static TemplatedRouteBuilder instance(CamelContext context, String template, String id,
      AdapterDefinition definition) {
    // No name of an adapter and no id of a step has a dot: steps of two adapters never have the same id.
    var builder = TemplatedRouteBuilder.builder(context, checked("template", template))
        .routeId(checked("id", id)).prefixId(id + ".");
    parameter(builder, "adapter", definition.name());
    return builder;
  }

  private static void parameter(TemplatedRouteBuilder builder, String name, String value) {
    builder.parameter(name, checked(name, value));
  }

  /**
   * Checks a value that becomes part of a route. Schema and rules have rejected other values before; here they would do
   * harm.
   *
   * @throws IllegalArgumentException when it is not a plain identifier
   */
  static String checked(String name, String value) {
    if (!IDENTIFIER.matcher(value).matches()) {
      throw new IllegalArgumentException(name + " is not a valid identifier; allowed: " + IDENTIFIER);
    }
    return value;
  }

  /**
   * Removes the routes of an adapter after their events in progress, for which it waits at most 20 s; other received
   * events go back to the broker.
   *
   * @throws Exception when Camel cannot stop one
   */
  void remove(CamelContext context, AdapterDefinition definition) throws Exception {
    subscriptions.withdraw(definition.subscription(), definition.name());
    long end = System.nanoTime() + STOP.toNanos();
    for (String id : ids(definition)) {
      if (context.getRoute(id) != null) {
        long left = Math.max(TimeUnit.SECONDS.toNanos(1), end - System.nanoTime());
        context.getRouteController().stopRoute(id, left, TimeUnit.NANOSECONDS);
        context.removeRoute(id);
      }
      var definitionOfRoute = model(context).getRouteDefinition(id);
      if (definitionOfRoute != null) {
        model(context).removeRouteDefinition(definitionOfRoute);
      }
    }
  }

  /** Routes that receive events first. */
  private List<String> ids(AdapterDefinition definition) {
    List<String> ids = new ArrayList<>();
    ids.add(subscriptionRouteId(definition.name()));
    hinted(definition).forEach(type -> ids.add(hintRouteId(definition, type)));
    ids.add(routeId(definition.name()));
    return ids;
  }

  private Iterable<ManifestTemplate.Type> hinted(AdapterDefinition definition) {
    return properties.objectHint() ? definition.types() : List.of();
  }

  private static Model model(CamelContext context) {
    return (ModelCamelContext) context;
  }

  /** Whether the same routes can run both definitions. */
  public static boolean same(AdapterDefinition one, AdapterDefinition other) {
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

  /**
   * The id of the route that watches an adapter's objects: {@code dns-hint-DnsRecord.v1.dns.hyperfleet.io}, and for
   * Jobs {@code dns-hint-job}. It is unique for an adapter and kind.
   */
  static String hintRouteId(AdapterDefinition definition, ManifestTemplate.Type type) {
    var hint = definition.name() + "-hint-";
    if (type.apiVersion().equals("batch/v1") && type.kind().equals("Job")) {
      return hint + type.kind().toLowerCase(Locale.ROOT);
    }
    int group = type.apiVersion().indexOf('/');
    var version = type.apiVersion().substring(group + 1);
    return hint + type.kind() + "." + version + (group < 0 ? "" : "." + type.apiVersion().substring(0, group));
  }
}
