package io.hyperfleet.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to a resource with the required adapters a, b and c, told in a line, and the status at its end. Steps
 * are separated by bars: {@code g2@30} is generation 2 written at second 30, {@code delete g2@30} the same by a
 * deletion, and {@code a:T1@10 b:F1@12 c:U1@14 x:T1@10} are reports (True, False, Unknown; {@code +} behind it: and
 * Finalized). {@code all} is a yes of a, b and c at seconds 10, 12 and 14.
 */
final class Story {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<String, AdapterStatus> reports = new LinkedHashMap<>();
  private int generation;
  private Instant reference;
  private boolean deleting;
  private ResourceStatus status;

  static ResourceStatus end(String line) {
    var story = new Story();
    for (String step : line.split("\\|")) {
      story.step(step.trim());
    }
    return story.status;
  }

  static Instant at(long second) {
    return START.plusSeconds(second);
  }

  static String second(Instant time) {
    return String.valueOf(time.getEpochSecond() - START.getEpochSecond());
  }

  private void step(String step) {
    for (String word : step.replace("all", "a:T1@10 b:T1@12 c:T1@14").split(" ")) {
      if (word.equals("delete")) {
        deleting = true;
      } else if (word.startsWith("g")) {
        generation = Integer.parseInt(word.substring(1, word.indexOf('@')));
        reference = time(word);
      } else {
        report(word);
      }
    }
    status = Aggregation.aggregate(new Evidence(
        generation, reference, deleting, false, List.of("a", "b", "c"), Map.copyOf(reports), status,
        Circumstances.NONE));
  }

  private void report(String word) {
    var adapter = word.substring(0, word.indexOf(':'));
    var answer = word.charAt(word.indexOf(':') + 1);
    var available = answer == 'T' ? "True" : answer == 'F' ? "False" : "Unknown";
    int observed = Character.digit(word.charAt(word.indexOf(':') + 2), 10);
    var conditions = new ArrayList<>(List.of(
        new ReportedCondition("Available", available, "Because", null, null),
        new ReportedCondition("Applied", "True", null, null, null),
        new ReportedCondition("Health", "True", null, null, null)));
    if (word.endsWith("+")) {
      conditions.add(new ReportedCondition("Finalized", "True", null, null, null));
    }
    var report = new Report(
        adapter, observed, time(word), conditions, JsonNodeFactory.instance.objectNode(), null, null);
    var decision = ReportIntake.decide(report, generation, reports.get(adapter), time(word));
    reports.put(adapter, ((ReportIntake.Accepted) decision).status());
  }

  private static Instant time(String word) {
    return at(Long.parseLong(word.substring(word.indexOf('@') + 1).replace("+", "")));
  }
}
