package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.History.Usage;
import io.hyperfleet.faults.stage.History;
import io.hyperfleet.faults.stage.Load;
import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.local.FaultProxy;
import io.hyperfleet.local.SpawnedFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.convert.DurationStyle;

/** Two processes under load, and one fault after the other for as long as {@code -Dfaults.duration} says. */
@Tag("faults")
@Tag("slow")
@EnabledIfSystemProperty(named = "faults.duration", matches = ".+", disabledReason = "the long run is a command of its own: -Dfaults.duration=30m -Dit.test=LongRunIT")
class LongRunIT {

  private static final int MORE_HEAP_MB = 60;
  private static final int MORE_THREADS = 60;

  private final Random random = Loops.random("The long run");
  private final SpawnedFleet[] fleets = new SpawnedFleet[2];
  private final AtomicReference<SpawnedFleet> serving = new AtomicReference<>();
  private final Map<String, Integer> faults = new TreeMap<>();
  private int started;
  private Stage stage;

  private interface Fault {
    void happen() throws Exception;
  }

  @Test
  void survivesOneFaultAfterTheOther() throws Exception {
    var duration = DurationStyle.detectAndParse(System.getProperty("faults.duration"));
    long end = System.nanoTime() + duration.toNanos();
    stage = new Stage();
    try {
      spawn(0);
      spawn(1);
      try (var load = Load.start("long-", 1_000, () -> body -> serving.get().send("POST", "/clusters", body))) {
        await().atMost(Stage.PATIENCE).until(() -> load.created().size() >= 10);
        var survivor = fleets[0];
        var before = usage(survivor);
        var named = named();
        while (System.nanoTime() < end) {
          var name = List.copyOf(named.keySet()).get(random.nextInt(named.size()));
          faults.merge(name, 1, Integer::sum);
          System.out.println("FAULT " + name);
          named.get(name).happen();
          TimeUnit.SECONDS.sleep(5 + random.nextInt(10));
        }
        load.close();
        var took = stage.awaitConverged();
        var events = stage.events.events();
        Loops.measured("Long run",
            "%s, faults %s: answers %s, %d clusters, %d events, %d deliveries, Ready %d ms after",
            duration, faults, load.statuses(), load.created().size(),
            events.stream().map(History.Event::id).distinct().count(), events.size(), took.toMillis());
        assertThat(load.statuses().keySet()).isSubsetOf(0, 201, 409, 503);
        note(before, usage(survivor));
      }
      stage.assertInvariants();
    } finally {
      stage.close();
    }
  }

  /** The first process is never killed: it is the one whose memory must not grow. */
  private Map<String, Fault> named() {
    var named = new TreeMap<String, Fault>();
    named.put("kill -9", () -> {
      fleets[1].kill();
      spawn(1);
    });
    named.put("SIGTERM", () -> {
      fleets[1].terminate();
      spawn(1);
    });
    for (String mode : List.of("fast", "immediate")) {
      named.put("PostgreSQL stop -m " + mode, () -> {
        stage.postgres.stop(mode);
        pause();
        stage.postgres.resume();
      });
    }
    var proxies = Map.of("PostgreSQL", stage.toPostgres, "broker", stage.toBroker, "Kubernetes", stage.toKubernetes);
    proxies.forEach((name, proxy) -> {
      named.put(name + " cut", () -> during(proxy, FaultProxy::cut));
      named.put(name + " half-open", () -> during(proxy, FaultProxy::halfOpen));
      named.put(name + " answers lost", () -> during(proxy, FaultProxy::loseAnswers));
      named.put(name + " slow", () -> during(proxy, slow -> slow.delay(Duration.ofMillis(30))));
    });
    return named;
  }

  private void during(FaultProxy proxy, java.util.function.Consumer<FaultProxy> fault) throws InterruptedException {
    fault.accept(proxy);
    pause();
    proxy.mend();
  }

  private void pause() throws InterruptedException {
    TimeUnit.SECONDS.sleep(2 + random.nextInt(15));
  }

  private void spawn(int place) throws IOException {
    if (place == 1 && fleets[0] != null) {
      serving.set(fleets[0]);
    }
    var name = "long-run-" + started++;
    fleets[place] = stage.begin(name, Map.of());
    stage.awaitReady(fleets[place]);
    serving.set(fleets[place]);
  }

  private record Used(double heapMb, double threads) {}

  private static Used usage(SpawnedFleet fleet) throws Exception {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var collect = new ProcessBuilder(jcmd, String.valueOf(fleet.pid()), "GC.run").redirectErrorStream(true)
        .redirectOutput(Path.of("/dev/null").toFile()).start();
    if (collect.waitFor() != 0) {
      throw new IllegalStateException("jcmd could not collect the garbage of " + fleet.pid());
    }
    var metrics = fleet.metrics();
    double heap = 0;
    double threads = 0;
    for (String line : metrics.split("\n")) {
      if (line.startsWith("jvm_memory_used_bytes") && line.contains("area=\"heap\"")) {
        heap += Double.parseDouble(line.substring(line.lastIndexOf(' ')));
      } else if (line.startsWith("jvm_threads_live_threads")) {
        threads = Double.parseDouble(line.substring(line.lastIndexOf(' ')));
      }
    }
    return new Used(heap / 1e6, threads);
  }

  private void note(Used before, Used after) {
    Loops.measured("Long run", "heap %.0f MB before, %.0f MB after; threads %.0f before, %.0f after", before.heapMb,
        after.heapMb, before.threads, after.threads);
    stage.history.usages.add(new Usage("the heap in MB", before.heapMb, after.heapMb, MORE_HEAP_MB));
    stage.history.usages.add(new Usage("the number of threads", before.threads, after.threads, MORE_THREADS));
  }
}
