package io.hyperfleet.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;

/** Who calls whom, as the endpoints of the shipped routes say: routes each other, and the systems around HyperFleet. */
final class RouteMap {

  /** What stands around the routes, in the order of the pictures. */
  enum Place {
    API("HTTP API"), POSTGRESQL("PostgreSQL"), PUBSUB("Google Pub/Sub"), KUBERNETES("Kubernetes"), GIT("Git");

    final String title;

    Place(String title) {
      this.title = title;
    }
  }

  /** A route, a template of routes, or a route configuration. */
  record Stop(String id, String role, String word, String description, String every, String file) {}

  /**
   * A call.
   *
   * @param label ids of the steps that make it; empty between routes
   * @param onFailure whether it is made only when something failed
   */
  record Call(Object from, Object to, Set<String> label, boolean onFailure) {}

  private static final Map<String, Place> SCHEMES = Map.of("sql", Place.POSTGRESQL, "google-pubsub", Place.PUBSUB,
      "kubernetes-job", Place.KUBERNETES, "kubernetes-informer", Place.KUBERNETES, "netty-http", Place.KUBERNETES,
      "seda", Place.API, "{{hyperfleet.api.base-url}}", Place.API);
  /** Beans that reach what no component of Camel reaches for them. */
  static final Map<String, Place> BEANS = Map.ofEntries(Map.entry("eventPublisher", Place.PUBSUB),
      Map.entry("reEvaluation", Place.POSTGRESQL), Map.entry("announcements", Place.POSTGRESQL),
      Map.entry("revisions", Place.POSTGRESQL), Map.entry("rollouts", Place.POSTGRESQL),
      Map.entry("fleetSnapshots", Place.POSTGRESQL), Map.entry("bulkOperations", Place.POSTGRESQL),
      Map.entry("adapterRuntime.verify", Place.KUBERNETES),
      Map.entry("resourceWorkload", Place.KUBERNETES), Map.entry("workloadDeletion", Place.KUBERNETES),
      Map.entry("workloadProgress", Place.KUBERNETES), Map.entry("jobWorkload.remove", Place.KUBERNETES),
      Map.entry("gitOpsBranchWorkers", Place.GIT));
  private static final Properties STANDARD = standard();
  private static final Set<String> WITHIN = Set.of("direct", "scheduler");

  private final Map<String, Stop> consumers = new LinkedHashMap<>();
  private final Map<String, Stop> configurations = new LinkedHashMap<>();
  private final Map<String, List<Stop>> byEndpoint = new LinkedHashMap<>();
  private final Map<String, Call> calls = new LinkedHashMap<>();

  private RouteMap(List<RouteFile> files) {
    files.forEach(file -> file.entries("routeConfiguration").forEach(entry -> configurations.put(entry.id(),
        new Stop(entry.id(), "shared", "routeConfiguration", entry.text("description"), "", file.name()))));
    for (RouteFile file : files) {
      for (RouteFile.Node route : file.routes()) {
        var stop = stop(file, route);
        consumers.put(stop.id(), stop);
        byEndpoint.computeIfAbsent(endpoint(from(route)), key -> new ArrayList<>()).add(stop);
      }
    }
    for (RouteFile file : files) {
      file.routes().forEach(route -> {
        arrive(consumers.get(id(file, route)), from(route));
        leave(consumers.get(id(file, route)), file.below(route));
        var configuration = configurations.get(route.text("routeConfigurationId"));
        if (configuration != null) {
          call(consumers.get(id(file, route)), configuration, "", true);
        }
      });
      file.entries("routeConfiguration").forEach(entry -> leave(configurations.get(entry.id()), file.below(entry)));
    }
    var calling = calls.values().stream().map(Call::from).collect(Collectors.toSet());
    calls.values().removeIf(call -> call.onFailure() && !calling.contains(call.to()));
  }

  static RouteMap of(List<RouteFile> files) {
    return new RouteMap(files);
  }

  List<Stop> stops() {
    return List.copyOf(consumers.values());
  }

  List<Call> calls() {
    return List.copyOf(calls.values());
  }

  /** The folders that hold routes. */
  Set<String> roles() {
    return consumers.values().stream().map(Stop::role).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stop stop(RouteFile file, RouteFile.Node route) {
    var delay = from(route).parameter("delay");
    return new Stop(id(file, route), file.path().getParent().getFileName().toString(),
        file.entries("routeTemplate").isEmpty() ? "route" : "routeTemplate", route.text("description"),
        from(route).text("uri").equals("scheduler") ? configured(delay) : "", file.name());
  }

  /** The route of a template has no id of its own. */
  private static String id(RouteFile file, RouteFile.Node route) {
    return route.settings().get("id") != null ? route.id() : file.entries("routeTemplate").get(0).id();
  }

  private static RouteFile.Node from(RouteFile.Node route) {
    return new RouteFile.Node(route.file(), "from", (Map<?, ?>) route.settings().get("from"));
  }

  private static String endpoint(RouteFile.Node node) {
    return node.text("uri") + ":" + node.parameter("name");
  }

  private void arrive(Stop stop, RouteFile.Node from) {
    if (!WITHIN.contains(from.text("uri"))) {
      call(place(from), stop, from.id(), false);
    }
  }

  private void leave(Stop stop, List<RouteFile.Node> nodes) {
    for (RouteFile.Node node : nodes) {
      if (node.word().equals("to") && node.text("uri").equals("direct")) {
        byEndpoint.getOrDefault(endpoint(node), List.of()).forEach(called -> call(stop, called, "", false));
      } else if (node.word().equals("to")) {
        call(stop, place(node), node.id(), false);
      } else if (Set.of("bean", "method").contains(node.word())) {
        Stream.of(node.text("ref"), node.text("ref") + "." + node.text("method")).filter(BEANS::containsKey)
            .forEach(bean -> call(stop, BEANS.get(bean), node.settings().containsKey("id") ? node.id() : "", false));
      }
    }
  }

  private void call(Object from, Object to, String label, boolean onFailure) {
    var known = calls.computeIfAbsent(from + " -> " + to + onFailure,
        key -> new Call(from, to, new LinkedHashSet<>(), onFailure));
    if (!label.isEmpty()) {
      known.label().add(label);
    }
  }

  private static Place place(RouteFile.Node node) {
    var scheme = node.text("uri").replaceFirst("/.*", "");
    if (!SCHEMES.containsKey(scheme)) {
      throw new IllegalStateException(node + " leads to " + scheme + ": say in RouteMap what that is");
    }
    return SCHEMES.get(scheme);
  }

  /** What application.yaml says for a placeholder. */
  private static String configured(String text) {
    return text.startsWith("{{") ? STANDARD.getProperty(text.substring(2, text.length() - 2)) : text;
  }

  private static Properties standard() {
    var yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(new FileSystemResource("src/main/resources/application.yaml"));
    return yaml.getObject();
  }
}
