package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three adapters report about one cluster ten thousand times, out of order and at once: R12 and R13. */
@Tag("faults")
@Tag("slow")
class ReportStormIT {

  private static final int REPORTS = 10_000;
  private static final int CALLERS = 64;
  private static final List<String> ADAPTERS = List.of("validation", "dns", "placement");

  @Test
  void losesNoReportAndNeverGoesBack() throws Exception {
    try (var stage = new Stage()) {
      var fleet = stage.local("hyperfleet.roles=api",
          "hyperfleet.kinds.clusters.required-adapters=" + String.join(",", ADAPTERS));
      stage.history.required.retainAll(ADAPTERS);
      var id = fleet.createCluster("storm");
      var start = Instant.now().minusSeconds(60);
      var random = Loops.random("R13");
      // Out of order by up to three hundred places.
      var places = IntStream.range(0, REPORTS).map(i -> i + random.nextInt(300)).toArray();
      var order = IntStream.range(0, REPORTS).boxed().sorted(Comparator.comparing(i -> places[i])).toList();
      var busy = new AtomicInteger();
      var calls = order.stream().<Callable<Integer>>map(i -> () -> {
        var report = report(ADAPTERS.get(i % 3), start.plusMillis(i), i >= REPORTS - 3 || i % 7 != 0);
        int status = fleet.put("/clusters/" + id + "/statuses", report).status();
        while (status == 503) {
          busy.incrementAndGet();
          status = fleet.put("/clusters/" + id + "/statuses", report).status();
        }
        return status;
      }).toList();
      var callers = Executors.newFixedThreadPool(CALLERS);
      var answers = new LinkedHashMap<Integer, Integer>();
      long began = System.nanoTime();
      try {
        for (var answer : callers.invokeAll(calls)) {
          answers.merge(answer.get(), 1, Integer::sum);
        }
      } finally {
        callers.shutdownNow();
      }
      double seconds = (System.nanoTime() - began) / 1e9;

      assertThat(answers.keySet()).as("no deadlock, no error").isSubsetOf(201, 204);
      for (int i = REPORTS - 3; i < REPORTS; i++) {
        var stored = Instant.parse(fleet.report(id, ADAPTERS.get(i % 3)).path("last_report_time").asText());
        assertThat(stored).as("the newest of " + ADAPTERS.get(i % 3)).isEqualTo(start.plusMillis(i)
            .truncatedTo(ChronoUnit.MICROS));
      }
      assertThat(fleet.phase(id)).isEqualTo("Ready");
      Loops.measured("R13", "%d reports by %d callers on one cluster: answers %s, %d times asked "
          + "to come again, %.0f a second", REPORTS, CALLERS, answers, busy.get(), REPORTS / seconds);
      assertThat(stage.violations()).as("no relay runs here").allMatch(violation -> violation.startsWith("I1"));
    }
  }

  private static String report(String adapter, Instant time, boolean available) {
    return """
        {"adapter": "%s", "observed_generation": 1, "observed_time": "%s", "conditions": [
          {"type": "Applied", "status": "True", "reason": "JobLaunched"},
          {"type": "Available", "status": "%s", "reason": "JobSucceeded"},
          {"type": "Health", "status": "True", "reason": "NoErrors"}]}""".formatted(adapter, time,
        available ? "True" : "False");
  }
}
