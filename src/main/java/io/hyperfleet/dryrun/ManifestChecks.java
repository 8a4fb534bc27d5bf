package io.hyperfleet.dryrun;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be told about an object without a cluster: a few rules that Kubernetes refuses by, and fields that it drops. */
public final class ManifestChecks {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
  private static final KubernetesSerialization KINDS = new KubernetesSerialization();

  private ManifestChecks() {}

  /** Fields that the kind does not have; empty for kinds that are not Kubernetes' own. */
  public static List<String> unknownFields(Map<String, Object> object) {
    Class<?> type = KINDS.getRegisteredKubernetesResource(String.valueOf(object.get("apiVersion")),
        String.valueOf(object.get("kind")));
    List<String> unknown = new ArrayList<>();
    if (type != null) {
      try {
        strict(unknown).convertValue(object, type);
      } catch (IllegalArgumentException e) {
        unknown.add(object.get("kind") + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      }
    }
    return unknown;
  }

  /** Kubernetes' own model takes any field; without that it tells what it does not know. */
  private static ObjectMapper strict(List<String> unknown) {
    return new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
          @Override
          public Boolean hasAnySetter(Annotated annotated) {
            return false;
          }
        })
        .addHandler(new DeserializationProblemHandler() {
          @Override
          public boolean handleUnknownProperty(DeserializationContext context, JsonParser parser,
              JsonDeserializer<?> deserializer, Object bean, String field) throws IOException {
            unknown.add(parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.')
                + ": Kubernetes knows no such field and would drop it");
            parser.skipChildren();
            return true;
          }
        });
  }

  /** Why Kubernetes would refuse the object in place of the existing one. */
  static Optional<String> refusal(Map<String, Object> object, Optional<Map<String, Object>> existing) {
    var metadata = map(object.get("metadata"));
    if (!NAME.matcher(String.valueOf(metadata.get("name"))).matches()) {
      return Optional.of("metadata.name: '" + metadata.get("name")
          + "' is no name; lower-case letters, digits, '-' and '.' are allowed");
    }
    for (var label : map(metadata.get("labels")).entrySet()) {
      if (!(label.getValue() instanceof String value) || !LABEL.matcher(value).matches()) {
        return Optional.of("metadata.labels." + label.getKey() + ": '" + label.getValue()
            + "' is no value of a label; at most 63 letters, digits, '-', '_' and '.' are allowed");
      }
    }
    for (var annotation : map(metadata.get("annotations")).entrySet()) {
      if (!(annotation.getValue() instanceof String)) {
        return Optional.of("metadata.annotations." + annotation.getKey() + ": must be text");
      }
    }
    return "batch/v1".equals(object.get("apiVersion")) && "Job".equals(object.get("kind")) ? job(object, existing)
        : Optional.empty();
  }

  private static Optional<String> job(Map<String, Object> job, Optional<Map<String, Object>> existing) {
    var template = map(map(job.get("spec")).get("template"));
    var pod = map(template.get("spec"));
    if (!List.of("Never", "OnFailure").contains(String.valueOf(pod.get("restartPolicy")))) {
      return Optional.of("spec.template.spec.restartPolicy: Never and OnFailure are allowed");
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
    return changed ? Optional.of("spec.template: is immutable; a Job that exists keeps its pod template") : Optional.empty();
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
