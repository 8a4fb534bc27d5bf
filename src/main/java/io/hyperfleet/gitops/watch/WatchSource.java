package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.ResourceType;
import io.hyperfleet.gitops.WatchRule;
import io.hyperfleet.id.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One informer: a type in one namespace or all, and the destinations whose rules select it.
 *
 * @param type the watched type; a wildcard is not watched itself but stands for the types that Kubernetes serves
 * @param namespace empty for all, and for cluster-scoped types
 * @param labelSelector in Kubernetes' form; empty for all
 * @param targets the destinations that receive its changes
 */
public record WatchSource(ResourceType type, String namespace, String labelSelector, List<Target> targets) {

  private static final int HASH_BYTES = 4;

  /** A rule of a destination that needs this source. */
  record Target(Destination destination, WatchRule rule) {}

  /**
   * The id of its route; a hash distinguishes what the id leaves out: a selector, and the dashes of a group.
   */
  public String routeId() {
    var words = "gitops-watch-" + (type.isWildcard() ? type.apiVersion() + "/all" : type)
        + (namespace.isEmpty() ? "" : "-in-" + namespace)
        + (labelSelector.isEmpty() && !type.group().contains("-")
            ? ""
            : "-" + Sha256.hex(type.group() + "\n" + labelSelector, HASH_BYTES));
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** The same source for one of the types of a wildcard. */
  WatchSource of(ResourceType one) {
    return new WatchSource(one, namespace, labelSelector, targets);
  }

  /** The same source with the targets of the other one added. */
  WatchSource and(WatchSource other) {
    return new WatchSource(type, namespace, labelSelector,
        Stream.concat(targets.stream(), other.targets().stream()).distinct().toList());
  }

  boolean isFor(String destination) {
    return targets.stream().anyMatch(target -> target.destination().name().equals(destination));
  }

  /** Whether it would see an object of this identity, provided that the labels match. */
  boolean covers(ResourceIdentifier id) {
    return (type.equals(id.type()) || type.equals(id.type().wildcard()))
        && (namespace.isEmpty() || namespace.equals(id.namespace()));
  }

  /**
   * The identity of an object that it sees.
   *
   * @param in its namespace; {@code null} for none
   */
  ResourceIdentifier identify(String in, String name) {
    return new ResourceIdentifier(type.group(), type.version(), type.resource(), in == null ? "" : in, name);
  }
}
