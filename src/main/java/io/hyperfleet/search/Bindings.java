package io.hyperfleet.search;

import java.util.LinkedHashMap;
import java.util.Map;

/** Bound values of a statement, with generated names. */
final class Bindings {

  private final String prefix;
  private final Map<String, Object> values = new LinkedHashMap<>();

  Bindings(String prefix) {
    this.prefix = prefix;
  }

  /** Adds a value; a list stands for its elements, separated by commas. Returns its placeholders in the SQL. */
  String bind(Object value) {
    var name = prefix + values.size();
    values.put(name, value);
    return ":" + name;
  }

  Map<String, Object> values() {
    return Map.copyOf(values);
  }
}
