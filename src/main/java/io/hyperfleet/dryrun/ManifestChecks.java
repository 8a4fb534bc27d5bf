package io.hyperfleet.dryrun;

import io.hyperfleet.kubernetes.ObjectNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Checks of objects without a cluster: a few of Kubernetes' validation rules. */
final class ManifestChecks {

  private ManifestChecks() {}

  /** Why Kubernetes would reject the object, given the existing one. */
  static Optional<String> refusal(Map<String, Object> object, Optional<Map<String, Object>> existing) {
    var metadata = map(object.get("metadata"));
    try {
      ObjectNames.name("metadata.name", String.valueOf(object.get("apiVersion")), String.valueOf(object.get("kind")),
          String.valueOf(metadata.get("name")));
      map(metadata.get("labels")).forEach((key, value) -> ObjectNames.labels("metadata.labels",
          Map.of(String.valueOf(key), String.valueOf(value))));
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
    for (var annotation : map(metadata.get("annotations")).entrySet()) {
      if (!(annotation.getValue() instanceof String)) {
        return Optional.of("metadata.annotations." + annotation.getKey() + ": must be text");
      }
    }
    return "batch/v1".equals(object.get("apiVersion")) && "Job".equals(object.get("kind"))
        ? job(object, existing)
        : Optional.empty();
  }

  private static Optional<String> job(Map<String, Object> job, Optional<Map<String, Object>> existing) {
    var template = map(map(job.get("spec")).get("template"));
    var pod = map(template.get("spec"));
    if (!List.of("Never", "OnFailure").contains(String.valueOf(pod.get("restartPolicy")))) {
      return Optional.of("spec.template.spec.restartPolicy: must be Never or OnFailure");
    }
    if (!(pod.get("containers") instanceof List<?> containers) || containers.isEmpty()) {
      return Optional.of("spec.template.spec.containers: at least one is required");
    }
    for (Object item : containers) {
      for (String key : List.of("name", "image")) {
        if (!(map(item).get(key) instanceof String text) || text.isBlank()) {
          return Optional.of("spec.template.spec.containers: each needs " + key);
        }
      }
    }
    boolean changed = existing.map(before -> map(map(before.get("spec")).get("template")))
        .filter(before -> !before.isEmpty() && !Objects.equals(before, template)).isPresent();
    return changed
        ? Optional.of("spec.template: is immutable; an existing Job keeps its pod template")
        : Optional.empty();
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
