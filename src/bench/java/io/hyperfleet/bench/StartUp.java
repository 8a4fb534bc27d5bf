package io.hyperfleet.bench;

import io.hyperfleet.local.LocalFleet;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * B10: how long one role takes from the start of its JVM until it is ready, and how much memory the process has then,
 * against an empty application of Spring Boot (web, actuator) and Camel with one route. What a role needs runs in the
 * benchmark's process.
 */
public final class StartUp {

  private static final int ROUNDS = 5;
  private static final List<String> ROLES = List.of("api", "outbox", "sentinel", "adapters");

  private StartUp() {}

  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    try (var fleet = LocalFleet.start("hyperfleet.roles=api,outbox,adapters", "logging.level.root=WARN")) {
      var seconds = new LinkedHashMap<String, Measurements>();
      var memory = new LinkedHashMap<String, Measurements>();
      for (int round = 0; round < rounds; round++) {
        note("empty", StartedProcess.empty(), seconds, memory);
        for (String role : ROLES) {
          note(role, StartedProcess.role(role, fleet), seconds, memory);
        }
      }
      var result = new LinkedHashMap<String, Object>();
      result.put("scenario", "B10 start-up and memory of one role");
      result.put("reference", "an empty application of Spring Boot (web, actuator) and Camel with one route");
      result.put("rounds", rounds);
      result.put("ready_seconds", medians(seconds));
      result.put("ready_times_the_reference", ratios(seconds));
      result.put("resident_mib", medians(memory));
      result.put("resident_times_the_reference", ratios(memory));
      result.putAll(Measurements.environment(fleet));
      System.out.println(Measurements.json(result));
    }
  }

  private static void note(String name, StartedProcess process, LinkedHashMap<String, Measurements> seconds,
      LinkedHashMap<String, Measurements> memory) throws Exception {
    try (process) {
      seconds.computeIfAbsent(name, key -> new Measurements()).add(process.secondsUntilReady());
      memory.computeIfAbsent(name, key -> new Measurements()).add(process.residentMiB());
    }
  }

  private static LinkedHashMap<String, Object> medians(LinkedHashMap<String, Measurements> all) {
    var medians = new LinkedHashMap<String, Object>();
    all.forEach((name, values) -> medians.put(name, values.percentile(50)));
    return medians;
  }

  private static LinkedHashMap<String, Object> ratios(LinkedHashMap<String, Measurements> all) {
    var ratios = new LinkedHashMap<String, Object>();
    ROLES.forEach(
        role -> ratios.put(role, Measurements.rounded(all.get(role).percentile(50) / all.get("empty").percentile(50))));
    return ratios;
  }
}
