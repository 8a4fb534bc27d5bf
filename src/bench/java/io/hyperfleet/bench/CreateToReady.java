package io.hyperfleet.bench;

import static io.hyperfleet.bench.Measurements.millis;

import io.hyperfleet.local.LocalFleet;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.awaitility.Awaitility;

/**
 * B7: one cluster from POST to Ready, with three chained adapters whose Jobs end at once, against four hops of a bare
 * client through the same broker.
 */
public final class CreateToReady {

  private static final int PAIRS = 5;
  private static final int CLUSTERS_PER_PAIR = 5;
  private static final int HOPS = 4;
  private static final String TOPIC = "bench-hops";

  private CreateToReady() {}

  public static void main(String[] args) throws Exception {
    try (var fleet = LocalFleet.start(
        "hyperfleet.kinds.clusters.required-adapters=validation,dns,placement",
        "hyperfleet.adapters.enabled=validation,dns,placement",
        "logging.level.root=WARN")) {
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> fleet.management("/readyz").status() == 200);
      try (var broker = new BareBroker(fleet)) {
        broker.prepareHops(TOPIC);
        broker.hops(TOPIC, HOPS * 10);
        createToReady(fleet, "warm-up");
        var reference = new Measurements();
        var ours = new Measurements();
        for (int pair = 0; pair < PAIRS; pair++) {
          for (int i = 0; i < CLUSTERS_PER_PAIR; i++) {
            reference.add(millis(broker.hops(TOPIC, HOPS)));
          }
          for (int i = 0; i < CLUSTERS_PER_PAIR; i++) {
            ours.add(millis(createToReady(fleet, "bench-" + pair + "-" + i)));
          }
        }
        var result = new LinkedHashMap<String, Object>();
        result.put("scenario", "B7 create to Ready");
        result.put("unit", "ms");
        result.put("reference", "four hops of a bare client");
        result.put("reference_p50", reference.percentile(50));
        result.put("reference_p99", reference.percentile(99));
        result.put("p50", ours.percentile(50));
        result.put("p99", ours.percentile(99));
        result.put("above_reference_p50", ours.percentile(50) - reference.percentile(50));
        result.putAll(Measurements.environment(fleet));
        System.out.println(Measurements.json(result));
      }
    }
  }

  private static long createToReady(LocalFleet fleet, String name) {
    long start = System.nanoTime();
    var id = fleet.createCluster(name);
    Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(60))
        .until(() -> fleet.phase(id).equals("Ready"));
    return System.nanoTime() - start;
  }
}
