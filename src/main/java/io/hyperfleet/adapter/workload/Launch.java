package io.hyperfleet.adapter.workload;

import io.hyperfleet.adapter.event.OwnReport;
import io.hyperfleet.json.StatusConditions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Job that an adapter has launched for a generation, as reported by the adapter and kept by the API.
 *
 * @param object {@code Job <name>}
 * @param generation generation of the resource that it was launched for
 * @param attempt number of the attempt at this generation, from 1
 * @param digest digest of its manifest, {@link #NOT_CREATED} for an announced attempt that was not created, or null
 * @param result {@code Succeeded} or {@code Failed} once it has ended, else null
 * @param output its result, empty if there is none; null if it was not read
 */
public record Launch(String object, long generation, int attempt, String digest, String result, String output) {

  static final String SUCCEEDED = "Succeeded";
  static final String FAILED = "Failed";
  /** Instead of a digest: this attempt was announced, but its Job was certainly never created. */
  static final String NOT_CREATED = "not-created";

  /** A launch whose result was not read. */
  Launch(String object, long generation, int attempt, String digest, String result) {
    this(object, generation, attempt, digest, result, null);
  }

  /** The known launch of a Job for this generation. */
  static Optional<Launch> known(OwnReport own, String object, long generation) {
    return last(own, object).filter(launch -> launch.generation == generation);
  }

  /** The known launch of a Job with that name, for any generation; the API keeps one per name. */
  static Optional<Launch> last(OwnReport own, String object) {
    return own.report().get("launched") instanceof List<?> launches
        ? launches.stream()
            .filter(item -> item instanceof Map<?, ?> launch && object.equals(launch.get("object"))
                && launch.get("generation") instanceof Number)
            .map(item -> of((Map<?, ?>) item)).findFirst()
        : Optional.empty();
  }

  private static Launch of(Map<?, ?> launch) {
    return new Launch((String) launch.get("object"), ((Number) launch.get("generation")).longValue(),
        launch.get("attempt") instanceof Number attempt ? attempt.intValue() : 1,
        launch.get("digest") instanceof String digest ? digest : null,
        launch.get("result") instanceof String result ? result : null,
        launch.get("output") instanceof String output ? output : null);
  }

  static String nameOf(String job) {
    return "Job " + job;
  }

  boolean wasCreated() {
    return !NOT_CREATED.equals(digest);
  }

  /** The outcome from a Job's conditions, null if it has not finished. */
  static String result(Map<?, ?> job) {
    var conditions = StatusConditions.of(job);
    return StatusConditions.isTrue(conditions, "Complete")
        ? SUCCEEDED
        : StatusConditions.isTrue(conditions, "Failed") ? FAILED : null;
  }

  /** In the format of reports. */
  public Map<String, Object> reported() {
    var reported = new LinkedHashMap<String, Object>();
    reported.put("object", object);
    reported.put("generation", generation);
    reported.put("attempt", attempt);
    if (digest != null) {
      reported.put("digest", digest);
    }
    if (result != null) {
      reported.put("result", result);
    }
    if (output != null) {
      reported.put("output", output);
    }
    return reported;
  }
}
