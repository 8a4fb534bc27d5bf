package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.YamlDocument;
import java.util.Map;

/**
 * Keeps a finished Job for at least an hour, whatever its manifest says, so that its outcome is observed even if the
 * API or the adapter is down for a while.
 */
public final class JobTtl {

  private static final int LEAST_SECONDS = 3_600;
  private static final String KEY = "ttlSecondsAfterFinished";

  private JobTtl() {}

  /** Raises the time in a Job's manifest; other manifests are not changed. */
  @SuppressWarnings("unchecked")
  public static void raise(Map<String, Object> manifest) {
    if (isTooShort(manifest)) {
      ((Map<String, Object>) manifest.get("spec")).put(KEY, LEAST_SECONDS);
    }
  }

  /** Warns that the time in a manifest will be raised. */
  static void warn(YamlDocument manifest, AdapterProblems problems) {
    if (manifest.value() instanceof Map<?, ?> object && isTooShort(object)) {
      problems.warning(manifest, "spec." + KEY,
          "too short to observe the Job's outcome; raised to " + LEAST_SECONDS);
    }
  }

  public static boolean isJob(Map<?, ?> object) {
    return "Job".equals(object.get("kind")) && "batch/v1".equals(object.get("apiVersion"));
  }

  private static boolean isTooShort(Map<?, ?> object) {
    return isJob(object) && object.get("spec") instanceof Map<?, ?> spec && spec.get(KEY) instanceof Number seconds
        && seconds.longValue() < LEAST_SECONDS;
  }
}
