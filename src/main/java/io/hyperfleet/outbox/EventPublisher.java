package io.hyperfleet.outbox;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.pubsub.v1.PubsubMessage;
import io.hyperfleet.broker.TopicPublishers;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.trace.Tracing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

/**
 * Publishes a batch of claimed rows and waits for every acknowledgement of the broker. Sets two variables: {@code
 * published}, the ids of published rows, joined by commas, and {@code failed}, a list of the others with {@code
 * event_id}, {@code error} and whether it is {@code dead}.
 */
public class EventPublisher {

  /** Topic of a row whose kind is not configured, in metrics. */
  private static final String UNKNOWN = "unknown";

  private final TopicPublishers publishers;
  private final CloudEventMessages messages;
  private final Kinds kinds;
  private final OutboxProperties properties;
  private final OutboxMonitor monitor;
  private final Tracing tracing;

  EventPublisher(TopicPublishers publishers, Kinds kinds, OutboxProperties properties, boolean orderingKeys,
      OutboxMonitor monitor, Tracing tracing) {
    this.tracing = tracing;
    this.publishers = publishers;
    this.messages = new CloudEventMessages(properties, orderingKeys);
    this.kinds = kinds;
    this.properties = properties;
    this.monitor = monitor;
  }

  /** Publishes rows as the claim returned them; a row's failure never keeps another one from being published. */
  public void publish(@Body List<Map<String, Object>> rows, Exchange exchange) throws InterruptedException {
    var outcome = new Outcome();
    var sent = new LinkedHashMap<Sending, ApiFuture<String>>();
    for (Map<String, Object> columns : rows) {
      send(OutboxRow.of(columns), sent, outcome);
    }
    long start = System.nanoTime();
    long deadline = start + properties.publishTimeout().toNanos();
    var refused = new ArrayList<Sending>();
    for (var entry : sent.entrySet()) {
      await(entry.getKey(), entry.getValue(), deadline, refused, outcome);
    }
    publishAlone(refused, deadline, outcome);
    monitor.batchPublished(Duration.ofNanos(System.nanoTime() - start));
    exchange.setVariable("published", String.join(",", outcome.published));
    exchange.setVariable("failed", outcome.failed);
  }

  private void send(OutboxRow row, Map<Sending, ApiFuture<String>> sent, Outcome outcome) {
    var topic = kinds.find(row.aggregateType()).map(Kind::topic).orElse(UNKNOWN);
    var span = tracing.publish(topic, row.cause());
    try {
      if (topic.equals(UNKNOWN)) {
        throw new UnpublishableRowException("no kind '" + row.aggregateType() + "' is configured");
      }
      var sending = new Sending(row.eventId(), topic, messages.message(row, span.context()), span);
      sent.put(sending, publishers.of(topic).publish(sending.message()));
    } catch (UnpublishableRowException e) {
      span.end(e);
      monitor.notMade(topic);
      outcome.failed(row.eventId(), e.getMessage(), true);
    } catch (IOException e) {
      span.end(e);
      monitor.notSent(topic);
      outcome.failed(row.eventId(), "cannot connect to the broker: " + e.getMessage(), false);
    }
  }

  private void await(Sending sending, ApiFuture<String> future, long deadline, List<Sending> refused, Outcome outcome)
      throws InterruptedException {
    try {
      future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      published(sending, outcome);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InvalidArgumentException) {
        refused.add(sending);
      } else {
        failed(sending, e.getCause(), sending.failure(e), false, outcome);
      }
    } catch (TimeoutException e) {
      failed(sending, e, "the broker did not answer within " + properties.publishTimeout(), false, outcome);
    }
  }

  /**
   * The broker rejects a batch as a whole. Sent one by one, only the rows that it rejects become dead.
   */
  private void publishAlone(List<Sending> refused, long deadline, Outcome outcome) throws InterruptedException {
    for (Sending sending : refused) {
      try {
        var future = publishers.of(sending.topic()).publish(sending.message());
        publishers.flush(sending.topic());
        future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        published(sending, outcome);
      } catch (ExecutionException e) {
        failed(sending, e.getCause(), sending.failure(e), e.getCause() instanceof InvalidArgumentException, outcome);
      } catch (TimeoutException | IOException e) {
        failed(sending, e, "the broker rejected its batch: " + e.getMessage(), false, outcome);
      }
    }
  }

  private void published(Sending sending, Outcome outcome) {
    sending.span().end(null);
    monitor.sent(sending.topic());
    outcome.published.add(sending.eventId());
  }

  private void failed(Sending sending, Throwable cause, String error, boolean dead, Outcome outcome) {
    sending.span().end(cause);
    monitor.notSent(sending.topic());
    outcome.failed(sending.eventId(), error, dead);
  }

  private record Sending(String eventId, String topic, PubsubMessage message, Tracing.Running span) {

    String failure(ExecutionException e) {
      return "topic " + topic + ": " + e.getCause().getMessage();
    }
  }

  private static final class Outcome {
    private final List<String> published = new ArrayList<>();
    private final List<Map<String, Object>> failed = new ArrayList<>();

    void failed(String eventId, String error, boolean dead) {
      failed.add(Map.of("event_id", eventId, "error", error, "dead", dead));
    }
  }
}
