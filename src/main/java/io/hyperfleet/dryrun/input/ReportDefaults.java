package io.hyperfleet.dryrun.input;

import io.hyperfleet.json.StatusConditions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds to an adapter's report what the API adds: the last definitive report. */
final class ReportDefaults {

  private static final String KEY = "last_definitive";

  private ReportDefaults() {}

  static Map<String, Object> complete(Map<String, Object> report) {
    var available = StatusConditions.find(report.get("conditions"), "Available");
    if (report.containsKey(KEY) || !(available.get("status") instanceof String status) || status.equals("Unknown")) {
      return report;
    }
    var definitive = new LinkedHashMap<String, Object>();
    definitive.put("status", status);
    definitive.put("reason", available.get("reason"));
    definitive.put("observed_generation", report.getOrDefault("observed_generation", 1L));
    if (report.containsKey("data")) {
      definitive.put("data", report.get("data"));
    }
    var completed = new LinkedHashMap<>(report);
    completed.put(KEY, definitive);
    return completed;
  }
}
