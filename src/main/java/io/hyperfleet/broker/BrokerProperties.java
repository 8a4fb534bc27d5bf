package io.hyperfleet.broker;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Google Pub/Sub.
 *
 * @param projectId Project that holds the topics and subscriptions.
 * @param emulatorHost host:port of an emulator, reached without TLS and credentials; empty for Google Cloud. The
 * variable PUBSUB_EMULATOR_HOST sets it too.
 * @param createMissing Whether to create missing topics and subscriptions instead of waiting for them to be created.
 * @param deadLetterTopic Topic that receives a copy of every message that cannot be decoded; empty for none.
 * @param orderingKeys Whether to publish the events of a resource in order, with an ordering key, and create
 * subscriptions with message ordering. Slower: a batch contains at most one event per resource.
 * @param requestTimeout How long an administrative request may take.
 * @param subscription How subscriptions are created. Existing ones stay as they are.
 * @param flowControl What one consumer holds at once.
 */
@Validated
@ConfigurationProperties("hyperfleet.broker")
public record BrokerProperties(
    @DefaultValue("hyperfleet") @NotBlank String projectId,
    @DefaultValue("") String emulatorHost,
    @DefaultValue("false") boolean createMissing,
    @DefaultValue("") String deadLetterTopic,
    @DefaultValue("false") boolean orderingKeys,
    @DefaultValue("3s") Duration requestTimeout,
    @DefaultValue @Valid Subscriptions subscription,
    @DefaultValue @Valid FlowControl flowControl) {

  boolean emulated() {
    return !emulatorHost.isBlank();
  }

  boolean hasDeadLetters() {
    return !deadLetterTopic.isBlank();
  }

  /**
   * Settings of created subscriptions, within the limits of Pub/Sub.
   *
   * @param ackDeadline How long a message may stay unacknowledged before it is delivered again, 10 s to 10 m. A running
   * consumer extends it while it handles the message.
   * @param retention How long unacknowledged messages are kept, 10 m to 31 d.
   * @param retryMinBackoff Shortest pause before a redelivery, up to 10 m.
   * @param retryMaxBackoff Longest pause before a redelivery; pauses grow with each delivery.
   * @param maxDeliveryAttempts Number of unacknowledged deliveries after which a message goes to the dead-letter topic,
   * if configured. Messages returned by a stopping process count.
   */
  public record Subscriptions(
      @DefaultValue("60s") Duration ackDeadline,
      @DefaultValue("7d") Duration retention,
      @DefaultValue("1s") Duration retryMinBackoff,
      @DefaultValue("10m") Duration retryMaxBackoff,
      @DefaultValue("20") @Min(5) @Max(100) int maxDeliveryAttempts) {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    public Subscriptions {
      within("ack-deadline", ackDeadline, Duration.ofSeconds(10), TEN_MINUTES);
      within("retention", retention, TEN_MINUTES, Duration.ofDays(31));
      within("retry-min-backoff", retryMinBackoff, Duration.ZERO, TEN_MINUTES);
      within("retry-max-backoff", retryMaxBackoff, retryMinBackoff, TEN_MINUTES);
    }

    private static void within(String key, Duration value, Duration min, Duration max) {
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException("hyperfleet.broker.subscription." + key + ": " + value.toSeconds()
            + " s is not between " + min.toSeconds() + " s and " + max.toSeconds() + " s");
      }
    }
  }

  /**
   * How many messages a consumer of a subscription holds, including the one that it handles. It handles one event at a
   * time; messages that wait for it are not delivered to other processes.
   *
   * @param maxMessages Maximum number of messages to hold.
   * @param maxBytes Maximum bytes of messages to hold.
   */
  public record FlowControl(
      @DefaultValue("50") @Min(1) long maxMessages, @DefaultValue("20000000") @Min(10_000_000) long maxBytes) {}
}
