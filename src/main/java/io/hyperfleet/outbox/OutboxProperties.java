package io.hyperfleet.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The relay that publishes the outbox.
 *
 * @param batchSize Number of rows to claim and publish together.
 * @param lease How long a claimed row is leased to its relay; after that another relay may publish it again.
 * @param publishTimeout How long the broker may take for a batch; 10 s or more, and shorter than the lease.
 * @param pollInterval Pause before the next poll of the outbox after an empty poll.
 * @param retention How long published rows are kept.
 * @param source CloudEvents source of events caused by a write.
 * @param sentinelSource CloudEvents source of events requested by the Sentinel.
 */
@Validated
@ConfigurationProperties("hyperfleet.outbox")
public record OutboxProperties(
    @DefaultValue("500") @Min(1) @Max(5000) int batchSize,
    @DefaultValue("30s") Duration lease,
    @DefaultValue("20s") Duration publishTimeout,
    @DefaultValue("100ms") Duration pollInterval,
    @DefaultValue("7d") Duration retention,
    @DefaultValue("/hyperfleet/service/api") String source,
    @DefaultValue("hyperfleet-sentinel") String sentinelSource) {

  /** Google's publisher takes no shorter one. */
  private static final Duration SHORTEST_PUBLISH_TIMEOUT = Duration.ofSeconds(10);

  public OutboxProperties {
    if (publishTimeout.compareTo(SHORTEST_PUBLISH_TIMEOUT) < 0) {
      throw new IllegalArgumentException("hyperfleet.outbox.publish-timeout (" + publishTimeout + ") must be at least "
          + SHORTEST_PUBLISH_TIMEOUT);
    }
    if (publishTimeout.compareTo(lease) >= 0) {
      throw new IllegalArgumentException(
          "hyperfleet.outbox.publish-timeout (" + publishTimeout + ") must be shorter than hyperfleet.outbox.lease ("
              + lease + "), otherwise two relays could lease the same row");
    }
  }
}
