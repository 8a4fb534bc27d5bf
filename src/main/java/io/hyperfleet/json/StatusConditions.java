package io.hyperfleet.json;

import java.util.List;
import java.util.Map;

/**
 * Finds conditions in a list of them, as the API and Kubernetes write it: maps with {@code type} and {@code status}.
 */
public final class StatusConditions {

  private static final String TRUE = "True";

  private StatusConditions() {}

  /** The condition of that type; empty when the list has none, or is no list. */
  public static Map<?, ?> find(Object conditions, String type) {
    if (conditions instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> condition && type.equals(condition.get("type"))) {
          return condition;
        }
      }
    }
    return Map.of();
  }

  /** Whether the condition of that type is there and True. */
  public static boolean isTrue(Object conditions, String type) {
    return isTrue(find(conditions, type));
  }

  /** Whether a condition is True. */
  public static boolean isTrue(Map<?, ?> condition) {
    return TRUE.equals(condition.get("status"));
  }

  /** The conditions in the status of an object; null when there are none. */
  public static Object of(Map<?, ?> object) {
    return object.get("status") instanceof Map<?, ?> status ? status.get("conditions") : null;
  }
}
