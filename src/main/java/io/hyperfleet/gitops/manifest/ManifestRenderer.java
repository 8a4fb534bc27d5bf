package io.hyperfleet.gitops.manifest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.hyperfleet.gitops.Manifest;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.json.WholeNumbers;
import java.util.HashMap;
import java.util.Map;

/** Renders objects for Git. */
public class ManifestRenderer {

  private static final ObjectMapper MAPPER = WholeNumbers.mapper();

  private final Trailers trailers;
  private final Redaction redaction;

  /**
   * Creates a renderer with trailers.
   *
   * @param trailers trailers of commits
   */
  public ManifestRenderer(Trailers trailers, Redaction redaction) {
    this.trailers = trailers;
    this.redaction = redaction;
  }

  /** An object of the Kubernetes client as plain maps, lists, strings and numbers. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> asMap(GenericKubernetesResource object) {
    return MAPPER.convertValue(object, Map.class);
  }

  /** @throws RuntimeException when it cannot be written as YAML */
  public Manifest of(ResourceIdentifier id, Map<String, Object> object) {
    var labels = labels(object);
    return new Manifest(ManifestYaml.write(redaction.apply(id, Sanitizer.sanitize(object))), labels,
        trailers.of(labels));
  }

  static Map<String, String> labels(Map<String, Object> object) {
    var labels = new HashMap<String, String>();
    Sanitizer.map(Sanitizer.map(object.get("metadata")).get("labels"))
        .forEach((key, value) -> labels.put(key, String.valueOf(value)));
    return labels;
  }

  /** The trailers for the commit of a deleted object. */
  public Map<String, String> trailers(Map<String, Object> object) {
    return trailers.of(labels(object));
  }
}
