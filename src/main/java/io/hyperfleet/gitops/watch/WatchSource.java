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
 * One informer: a type in one namespace or everywhere, and the destinations whose rules ask for it.
 *
 * @param type what is watched; a wildcard is not, it stands for what Kubernetes serves
 * @param namespace empty for all, and for what has none
 * @param labelSelector in Kubernetes' form; empty for all
 * @param targets who gets what it sees
 */
public record WatchSource(ResourceType type, String namespace, String labelSelector, List<Target> targets) {

  private static final int HASH_BYTES = 4;

  /** A rule of a destination that asks for this source. */
  record Target(Destination destination, WatchRule rule) {}

  /**
   * The route that watches it; what its words leave out, a selector and the dashes of a group, is told apart by a hash.
   */
  public String routeId() {
    var words = "gitops-watch-" + (type.isWildcard() ? type.apiVersion() + "/all" : type)
        + (namespace.isEmpty() ? "" : "-in-" + namespace)
        + (labelSelector.isEmpty() && !type.group().contains("-")
            ? ""
            : "-" + Sha256.hex(type.group() + "\n" + labelSelector, HASH_BYTES));
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** The same for one type of those that a wildcard stands for. */
  WatchSource of(ResourceType one) {
    return new WatchSource(one, namespace, labelSelector, targets);
  }

  /** The same with what the other one is asked for by. */
  WatchSource and(WatchSource other) {
    return new WatchSource(type, namespace, labelSelector,
        Stream.concat(targets.stream(), other.targets().stream()).distinct().toList());
  }

  boolean isFor(String destination) {
    return targets.stream().anyMatch(target -> target.destination().name().equals(destination));
  }

  /** Whether it would see an object of this identity, if the labels are right. */
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
