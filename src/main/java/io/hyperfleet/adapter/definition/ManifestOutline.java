package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.TemplateText;
import io.hyperfleet.policy.Unknown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A manifest before rendering: results of expressions are {@link Unknown}, the rest is as it will be sent.
 */
record ManifestOutline(Map<String, TemplateText> texts) {

  Map<Object, Object> of(Map<?, ?> manifest) {
    Map<Object, Object> outline = new LinkedHashMap<>();
    manifest.forEach((key, value) -> outline.put(value(key), value(value)));
    return outline;
  }

  private Object value(Object value) {
    if (value instanceof Map<?, ?> map) {
      return of(map);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::value).toList();
    }
    var template = value instanceof String text ? texts.get(text) : null;
    return template == null ? value : template.outline();
  }
}
