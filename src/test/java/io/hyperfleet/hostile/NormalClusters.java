package io.hyperfleet.hostile;

import io.hyperfleet.local.LocalFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Clusters like everybody's, one every few moments for as long as the fleet runs; each has to be Ready in good time.
 */
final class NormalClusters implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(2_500);

  private final LocalFleet fleet;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Long> pending = new ConcurrentHashMap<>();
  private final Set<String> harm = ConcurrentHashMap.newKeySet();
  private volatile int count;
  private volatile long slowest;
  private volatile boolean paused;

  NormalClusters(LocalFleet fleet) {
    this.fleet = fleet;
    timer.scheduleWithFixedDelay(this::step, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void step() {
    try {
      look();
      if (paused) {
        return;
      }
      var answer = fleet.createClusterAnswer("normal-" + (count + 1));
      if (answer.status() == 201) {
        pending.put(answer.body().path("id").asText(), System.nanoTime());
        count++;
      } else {
        harm.add("a normal cluster is not created: " + answer.status() + " " + answer.body());
      }
    } catch (RuntimeException e) {
      harm.add("a normal cluster cannot be created or read: " + e.getMessage());
    }
  }

  private synchronized void look() {
    pending.forEach((id, created) -> {
      long age = System.nanoTime() - created;
      if (fleet.phase(id).equals("Ready")) {
        slowest = Math.max(slowest, age);
        pending.remove(id);
      } else if (age > HostileFleet.PATIENCE.toNanos()) {
        harm.add("a normal cluster is not Ready after " + HostileFleet.PATIENCE);
        pending.remove(id);
      }
    });
  }

  /** Makes no more for a while; those that there are have to be Ready all the same. */
  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
  }

  int count() {
    return count;
  }

  /** The longest time from a creation to Ready; it is seen every few moments only. */
  Duration slowest() {
    return Duration.ofNanos(slowest);
  }

  /** What went wrong since the last call. */
  List<String> harm() {
    var all = new ArrayList<>(new LinkedHashSet<>(harm));
    harm.clear();
    return all;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
