package io.hyperfleet.adapter.definition;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Options for an adapter's activity, its rollout, and the lifecycle of its objects.
 *
 * @param cleanUpAfterSuccess whether a Job that has succeeded is deleted once that is reported
 * @param attempts maximum number of attempts for the Job of one generation
 * @param retryDelay minimum time from the end of a failed Job to the next attempt
 * @param propagation handling of dependents when an object is deleted
 * @param recreated names of the manifests whose objects are replaced, not updated, when they change
 * @param suspended whether it acknowledges its events and does nothing
 * @param inWaves whether a resource follows a changed folder only once the API says so
 */
public record WorkloadOptions(boolean cleanUpAfterSuccess, int attempts, Duration retryDelay,
    DeletionPropagation propagation, Set<String> recreated, boolean suspended, boolean inWaves) {

  /** No clean-up, no second attempt, dependents deleted in the background, changes applied. */
  public static final WorkloadOptions DEFAULT = new WorkloadOptions(false, 1, Duration.ofMinutes(1),
      DeletionPropagation.BACKGROUND, Set.of(), false, false);

  /** The options of a specification that the schema has accepted. */
  public static WorkloadOptions of(Map<?, ?> spec) {
    Map<?, ?> retry = spec.get("retry") instanceof Map<?, ?> map ? map : Map.of();
    Map<?, ?> deletion = spec.get("deletion") instanceof Map<?, ?> map ? map : Map.of();
    var recreated = new HashSet<String>();
    if (spec.get("manifests") instanceof List<?> manifests) {
      for (Object item : manifests) {
        if (item instanceof Map<?, ?> manifest && "recreate".equals(manifest.get("onChange"))) {
          recreated.add((String) manifest.get("name"));
        }
      }
    }
    return new WorkloadOptions(Boolean.TRUE.equals(spec.get("cleanUpAfterSuccess")),
        retry.get("attempts") instanceof Number number ? number.intValue() : DEFAULT.attempts,
        retry.get("delay") instanceof String text ? duration(text) : DEFAULT.retryDelay,
        deletion.get("propagationPolicy") instanceof String policy
            ? DeletionPropagation.valueOf(policy.toUpperCase(Locale.ROOT))
            : DEFAULT.propagation,
        Set.copyOf(recreated), Boolean.TRUE.equals(spec.get("suspend")),
        spec.get("rollout") instanceof Map<?, ?>);
  }

  private static Duration duration(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }
}
