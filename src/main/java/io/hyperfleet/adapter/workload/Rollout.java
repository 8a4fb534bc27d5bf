package io.hyperfleet.adapter.workload;

import io.hyperfleet.json.StatusConditions;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the controller of an object has finished its rollout. An object without a controller is settled as soon as it
 * exists; {@code status.observedGeneration}, if present, must equal the object's generation.
 */
public final class Rollout {

  private Rollout() {}

  /** What is still pending, for people; empty if the object is settled. */
  public static Optional<String> pending(Map<?, ?> object) {
    var metadata = map(object.get("metadata"));
    var name = object.get("kind") + " " + metadata.get("name");
    if (metadata.get("deletionTimestamp") != null) {
      return Optional.of(name + " is being deleted");
    }
    var status = map(object.get("status"));
    long generation = number(metadata.get("generation"), 0);
    boolean workload = String.valueOf(object.get("apiVersion")).startsWith("apps/");
    if ((workload || status.containsKey("observedGeneration"))
        && number(status.get("observedGeneration"), 0) < generation) {
      return Optional.of(name + " is not yet observed by its controller at generation " + generation);
    }
    return workload
        ? workload(String.valueOf(object.get("kind")), map(object.get("spec")), status)
            .map(text -> name + ": " + text)
        : Optional.empty();
  }

  private static Optional<String> workload(String kind, Map<?, ?> spec, Map<?, ?> status) {
    return switch (kind) {
      case "Deployment" -> deployment(number(spec.get("replicas"), 1), status);
      case "StatefulSet" -> replicas(number(spec.get("replicas"), 1), number(status.get("updatedReplicas"), 0),
          number(status.get("availableReplicas"), 0));
      case "DaemonSet" -> replicas(number(status.get("desiredNumberScheduled"), 0),
          number(status.get("updatedNumberScheduled"), 0), number(status.get("numberAvailable"), 0));
      default -> Optional.empty();
    };
  }

  /** As in kubectl rollout status. */
  private static Optional<String> deployment(long wanted, Map<?, ?> status) {
    var progressing = StatusConditions.find(status.get("conditions"), "Progressing");
    if ("ProgressDeadlineExceeded".equals(progressing.get("reason"))) {
      return Optional.of("its rollout has exceeded its progress deadline"
          + (progressing.get("message") instanceof String message ? PodEnd.detail(message) : ""));
    }
    long updated = number(status.get("updatedReplicas"), 0);
    long old = number(status.get("replicas"), 0) - updated;
    return updated >= wanted && old > 0
        ? Optional.of(old + " old replicas remain")
        : replicas(wanted, updated, number(status.get("availableReplicas"), 0));
  }

  private static Optional<String> replicas(long wanted, long updated, long available) {
    if (updated < wanted) {
      return Optional.of(updated + " of " + wanted + " replicas are updated");
    }
    return available < wanted ? Optional.of(available + " of " + wanted + " replicas are available") : Optional.empty();
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static long number(Object value, long absent) {
    return value instanceof Number number ? number.longValue() : absent;
  }
}
