package io.hyperfleet.local.kubernetes.resource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A URL path of a resource; what it does not name is an empty string. */
public record ResourcePath(String group, String version, String plural, String namespace, String name,
    String subresource) {

  /** Splits {@code /api/v1/...} or {@code /apis/<group>/<version>/...}; empty for discovery and the like. */
  public static Optional<ResourcePath> parse(String path) {
    var parts = List.of(path.replaceAll("^/+|/+$", "").split("/"));
    parts = parts.stream().map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8)).toList();
    if (parts.size() >= 3 && parts.get(0).equals("api")) {
      return Optional.of(of("", parts.get(1), parts.subList(2, parts.size())));
    }
    if (parts.size() >= 4 && parts.get(0).equals("apis")) {
      return Optional.of(of(parts.get(1), parts.get(2), parts.subList(3, parts.size())));
    }
    return Optional.empty();
  }

  private static ResourcePath of(String group, String version, List<String> rest) {
    // A namespace is itself a resource: its own subresources look like resources in it.
    var inNamespace = rest.size() >= 3 && rest.get(0).equals("namespaces")
        && !(rest.size() == 3 && List.of("status", "finalize").contains(rest.get(2)));
    var from = inNamespace ? 2 : 0;
    return new ResourcePath(group, version, rest.get(from), inNamespace ? rest.get(1) : "",
        part(rest, from + 1), part(rest, from + 2));
  }

  private static String part(List<String> parts, int index) {
    return parts.size() > index ? parts.get(index) : "";
  }
}
