package io.hyperfleet.hostile;

import io.hyperfleet.hostile.RequestTap.Request;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What adapters may ask of Kubernetes and of the API, whatever they were told: known paths, verbs and queries, in one
 * namespace.
 */
final class RequestRules {

  private static final String NAME = "[a-z0-9]([-a-z0-9.]*[a-z0-9])?";
  private static final Pattern ABOUT = Pattern
      .compile("/(version|api|apis|openapi/v[23].*|api/v1|apis/[a-z0-9.-]+(/v[a-z0-9]+)?)/?");
  private static final Pattern OBJECTS = Pattern.compile("/(?:api/v1|apis/[a-z0-9.-]+/v[a-z0-9]+)/namespaces/"
      + LocalKubernetes.NAMESPACE
      + "/(jobs|cronjobs|deployments|statefulsets|configmaps|services|persistentvolumeclaims|dnsrecords|pods|events|leases|deployments|replicasets)"
      + "(/" + NAME + "(/log)?)?");
  private static final Pattern REVIEWS = Pattern
      .compile("/apis/authorization\\.k8s\\.io/v1/selfsubject(access|rules)reviews");
  private static final Set<String> PARAMETERS = Set.of("labelSelector", "fieldSelector", "fieldManager", "force",
      "fieldValidation",
      "propagationPolicy", "limit", "continue", "resourceVersion", "resourceVersionMatch", "tailLines", "limitBytes",
      "container", "previous",
      "pretty", "gracePeriodSeconds", "orphanDependents");
  private static final Set<String> OF_WATCHES = Set.of("watch", "allowWatchBookmarks", "timeoutSeconds",
      "sendInitialEvents", "timestamps");
  private static final Pattern SELECTOR = Pattern
      .compile("([A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?(=([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?)?(,|$))*");
  /** What a process says of its adapters: no word of it is a cluster's, and a name and a digest alone a partner's. */
  private static final Pattern ANNOUNCEMENT = Pattern
      .compile("/api/hyperfleet/v1/announcements/[a-z0-9.-]+(/revisions/[a-z][a-z0-9-]*/[0-9a-f]{64})?");
  private static final Pattern FLEET = Pattern.compile("/api/hyperfleet/v1/"
      + "(clusters(/[A-Za-z0-9][A-Za-z0-9._-]*(/nodepools(/[A-Za-z0-9][A-Za-z0-9._-]*)?)?(/statuses)?)?|nodepools(/[A-Za-z0-9][A-Za-z0-9._-]*(/statuses)?)?|events)");
  private static final Pattern FLEET_QUERY = Pattern.compile(
      "(include=statuses|(due|after|limit|size|page|fields|max|shard|shards|[a-z_]+)=[^?#]*(&[a-z_]+=[^?#&]*)*)?");

  private RequestRules() {}

  /** What a request to Kubernetes does that none may do. */
  static Optional<String> ofKubernetes(Request request) {
    var line = request.method() + " " + request.target();
    if (!request.headers().getOrDefault("host", "").startsWith("127.0.0.1:")) {
      return Optional.of("a request for another host: " + line + " of " + request.headers().get("host"));
    }
    if (REVIEWS.matcher(request.path()).matches()
        || request.method().equals("GET") && ABOUT.matcher(request.path()).matches()) {
      return Optional.empty();
    }
    var objects = OBJECTS.matcher(request.path());
    if (!objects.matches() || request.path().contains("..")) {
      return Optional.of("a request for another path of Kubernetes: " + line);
    }
    if (!List.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(request.method())
        || request.method().equals("DELETE") && objects.group(2) == null) {
      return Optional.of("a request that nobody makes: " + line);
    }
    boolean watch = request.query().contains("watch=true") && request.method().equals("GET") && objects.group(2) == null
        && request.query().contains("allowWatchBookmarks=true");
    return parameters(request.query()).stream().filter(pair -> !allowed(pair, watch)).findFirst()
        .map(pair -> "a parameter that nobody sends: " + line);
  }

  private static boolean allowed(String[] pair, boolean watch) {
    if (watch && OF_WATCHES.contains(pair[0])) {
      return true;
    }
    return PARAMETERS.contains(pair[0]) && (!pair[0].equals("labelSelector") || SELECTOR.matcher(pair[1]).matches());
  }

  private static List<String[]> parameters(String query) {
    return query.isEmpty() ? List.of() : Arrays.stream(query.split("&")).map(pair -> {
      var parts = pair.split("=", 2);
      return new String[]{decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : ""};
    }).toList();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** What a request to the API does that no adapter and no sentinel does. */
  static Optional<String> ofApi(Request request) {
    boolean announces = request.method().equals("PUT") && request.query().isEmpty()
        && ANNOUNCEMENT.matcher(request.path()).matches();
    boolean known = announces || FLEET.matcher(request.path()).matches() && !request.path().contains("..")
        && FLEET_QUERY.matcher(request.query()).matches()
        && switch (request.method()) {
          case "GET" -> true;
          case "PUT" -> request.path().endsWith("/statuses");
          case "POST" -> request.path().endsWith("/events") || request.path().endsWith("/statuses");
          default -> false;
        };
    return known
        ? Optional.empty()
        : Optional
            .of("a request of an adapter for another path of the API: " + request.method() + " " + request.target());
  }
}
