package io.hyperfleet.outbox;

import io.hyperfleet.kind.Kinds;
import io.hyperfleet.metric.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Metrics of the relay: pending, published and failed rows, and durations. */
public class OutboxMonitor {

  private static final String COMPONENT = "outbox";
  private static final String UNPUBLISHABLE = "unpublishable";
  private static final String BROKER = "broker";
  private static final String CONVERSION = "conversion";
  private static final String PUBLISH = "publish";

  private final MeterRegistry meters;
  private final AtomicReference<Backlog> backlog = new AtomicReference<>(
      new Backlog(Double.NaN, Double.NaN, Double.NaN));
  private final Timer publishDuration;
  private final Timer commitToPublish;

  OutboxMonitor(MeterRegistry meters, Kinds kinds) {
    this.meters = meters;
    this.publishDuration = Metric.OUTBOX_PUBLISH_DURATION.timer(meters);
    this.commitToPublish = Metric.OUTBOX_COMMIT_TO_PUBLISH.timer(meters);
    Metric.OUTBOX_PENDING.gauge(meters, backlog, last -> last.get().pending());
    Metric.OUTBOX_OLDEST_PENDING.gauge(meters, backlog, last -> last.get().oldestSeconds());
    Metric.OUTBOX_DEAD_ROWS.gauge(meters, backlog, last -> last.get().dead());
    Metric.OUTBOX_DEAD.counter(meters);
    List.of(UNPUBLISHABLE, BROKER).forEach(type -> Metric.OUTBOX_PUBLISH_ERRORS.counter(meters, type));
    kinds.all().forEach(kind -> {
      Metric.BROKER_PUBLISHED.counter(meters, COMPONENT, kind.topic());
      List.of(CONVERSION, PUBLISH).forEach(type -> Metric.BROKER_ERRORS.counter(meters, COMPONENT, kind.topic(), type));
    });
  }

  private record Backlog(double pending, double oldestSeconds, double dead) {}

  /** Records the number of unpublished rows. */
  public void backlog(@Body Map<String, Object> counted) {
    backlog.set(new Backlog(number(counted, "pending"), number(counted, "oldest_seconds"), number(counted, "dead")));
  }

  /** Notes how long a batch took, until the broker had answered for each of its rows. */
  void batchPublished(Duration duration) {
    publishDuration.record(duration);
  }

  /** Notes that the broker has a message. */
  void sent(String topic) {
    Metric.BROKER_PUBLISHED.counter(meters, COMPONENT, topic).increment();
  }

  /** Notes that no message could be made of a row. */
  void notMade(String topic) {
    Metric.BROKER_ERRORS.counter(meters, COMPONENT, topic, CONVERSION).increment();
  }

  /** Notes that the broker does not have a message. */
  void notSent(String topic) {
    Metric.BROKER_ERRORS.counter(meters, COMPONENT, topic, PUBLISH).increment();
  }

  /** Notes the rows that were marked, each with its age in seconds since it was committed. */
  public void published(@Body List<Map<String, Object>> rows) {
    for (Map<String, Object> row : rows) {
      Metric.OUTBOX_PUBLISHED.counter(meters, (String) row.get("event_type"), (String) row.get("source")).increment();
      commitToPublish.record(Duration.ofNanos((long) (number(row, "seconds") * 1e9)));
    }
  }

  /** Notes the rows that the broker does not have. */
  public void failed(@Variable("failed") List<Map<String, Object>> rows) {
    for (Map<String, Object> row : rows) {
      boolean dead = (Boolean) row.get("dead");
      Metric.OUTBOX_PUBLISH_ERRORS.counter(meters, dead ? UNPUBLISHABLE : BROKER).increment();
      if (dead) {
        Metric.OUTBOX_DEAD.counter(meters).increment();
      }
    }
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).doubleValue();
  }
}
