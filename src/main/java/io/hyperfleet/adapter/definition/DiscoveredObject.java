package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.TemplateText;
import io.hyperfleet.kubernetes.ObjectNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An object of others in the adapter's namespace that the adapter reads.
 *
 * @param name name in CEL: {@code resources.<name>}
 * @param apiVersion version of its kind
 * @param kind its kind
 * @param byName its name, if found by name
 * @param byLabels its labels, if found by labels
 */
public record DiscoveredObject(String name, String apiVersion, String kind, Optional<TemplateText> byName,
    Map<String, TemplateText> byLabels) {

  /**
   * The object's name, filled in.
   *
   * @throws IllegalArgumentException when no object can have it
   */
  public Optional<String> objectName(Map<String, ?> variables) {
    return byName.map(text -> ObjectNames.name("byName", apiVersion, kind, String.valueOf(text.render(variables))));
  }

  /**
   * The labels, filled in.
   *
   * @throws IllegalArgumentException when no object can have one of them
   */
  public Map<String, String> labels(Map<String, ?> variables) {
    var labels = new LinkedHashMap<String, String>();
    byLabels.forEach((key, text) -> labels.put(key, String.valueOf(text.render(variables))));
    return ObjectNames.labels("byLabels", labels);
  }
}
