package io.hyperfleet.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Measures the relay: what waits, what was published and how long that took, what failed (events contract 2.3). */
public class OutboxMonitor {

  private static final Duration[] BUCKETS = {Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
      Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
      Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1)};

  private final MeterRegistry meters;
  private final AtomicReference<Backlog> backlog = new AtomicReference<>(new Backlog(Double.NaN, Double.NaN, Double.NaN));
  private final Timer publishDuration;
  private final Timer commitToPublish;

  OutboxMonitor(MeterRegistry meters) {
    this.meters = meters;
    this.publishDuration = timer("hyperfleet.outbox.publish.duration");
    this.commitToPublish = timer("hyperfleet.outbox.commit.to.publish");
    meters.gauge("hyperfleet.outbox.pending", backlog, last -> last.get().pending());
    meters.gauge("hyperfleet.outbox.oldest.pending.seconds", backlog, last -> last.get().oldestSeconds());
    meters.gauge("hyperfleet.outbox.dead.rows", backlog, last -> last.get().dead());
  }

  private record Backlog(double pending, double oldestSeconds, double dead) {}

  /** Notes what the count of unpublished rows answered. */
  public void backlog(@Body Map<String, Object> counted) {
    backlog.set(new Backlog(number(counted, "pending"), number(counted, "oldest_seconds"), number(counted, "dead")));
  }

  /** Notes how long a batch took, until the broker had answered for each of its rows. */
  void batchPublished(Duration duration) {
    publishDuration.record(duration);
  }

  /** Notes the rows that were marked, each with its age in seconds since it was committed. */
  public void published(@Body List<Map<String, Object>> rows) {
    for (Map<String, Object> row : rows) {
      meters.counter("hyperfleet.outbox.published", "event_type", (String) row.get("event_type"), "source",
          (String) row.get("source")).increment();
      commitToPublish.record(Duration.ofNanos((long) (number(row, "seconds") * 1e9)));
    }
  }

  /** Notes the rows that the broker does not have. */
  public void failed(@Variable("failed") List<Map<String, Object>> rows) {
    for (Map<String, Object> row : rows) {
      boolean dead = (Boolean) row.get("dead");
      meters.counter("hyperfleet.outbox.publish.errors", "error_type", dead ? "unpublishable" : "broker").increment();
      if (dead) {
        meters.counter("hyperfleet.outbox.dead").increment();
      }
    }
  }

  private Timer timer(String name) {
    return Timer.builder(name).serviceLevelObjectives(BUCKETS).register(meters);
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).doubleValue();
  }
}
