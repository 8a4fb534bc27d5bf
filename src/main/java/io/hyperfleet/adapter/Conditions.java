package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.Reads;
import io.hyperfleet.json.StatusConditions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The conditions of a report in the notation of routes: {@code Applied=True JobLaunched, Available=Unknown
 * JobInProgress,
 * Health=True NoErrors}, that is type, status and reason of each.
 */
public final class Conditions {

  private static final Pattern CONDITION = Pattern
      .compile("\\s*([A-Z][A-Za-z0-9]*)=(True|False|Unknown)\\s+([A-Z][A-Za-z0-9:]*)\\s*");

  private static final Pattern AVAILABLE = Pattern.compile("Available=\\w+ (\\w+)");

  private static final List<String> PLATFORM = List.of("Applied", "Available", "Health", "Finalized");

  private Conditions() {}

  /** The reason of the condition Available in a line of conditions. */
  static String availableReason(String line) {
    var match = AVAILABLE.matcher(line);
    return match.find() ? match.group(1) : "";
  }

  /**
   * Reads a line of conditions; each that is not True carries the message.
   *
   * @throws IllegalArgumentException when the line is not of that form
   */
  static List<Map<String, Object>> parse(String line, String message) {
    var conditions = new ArrayList<Map<String, Object>>();
    for (String part : line.split(",")) {
      var match = CONDITION.matcher(part);
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "'" + part.trim() + "' is no condition: Type=True|False|Unknown Reason is expected");
      }
      var condition = new LinkedHashMap<String, Object>();
      condition.put("type", match.group(1));
      condition.put("status", match.group(2));
      condition.put("reason", match.group(3));
      if (message != null && (!match.group(2).equals("True") || match.group(1).equals("Available"))) {
        condition.put("message", message);
      }
      conditions.add(condition);
    }
    return conditions;
  }

  /** The line of the platform's conditions in a report. */
  static String line(Object conditions) {
    return PLATFORM.stream().map(type -> StatusConditions.find(conditions, type))
        .filter(condition -> !condition.isEmpty())
        .map(condition -> condition.get("type") + "=" + condition.get("status") + " " + condition.get("reason"))
        .collect(Collectors.joining(", "));
  }
}
