package io.hyperfleet.broker;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Google Pub/Sub.
 *
 * @param projectId Project that holds the topics and subscriptions.
 * @param emulatorHost host:port of an emulator, reached without TLS and credentials; empty for Google Cloud. The variable
 *     PUBSUB_EMULATOR_HOST sets it too.
 * @param createMissing Create topics and subscriptions that are missing instead of waiting for somebody to create them.
 * @param deadLetterTopic Topic that receives a copy of every message that cannot be decoded; empty for none.
 * @param requestTimeout How long an administrative request may take.
 */
@Validated
@ConfigurationProperties("hyperfleet.broker")
public record BrokerProperties(
    @DefaultValue("hyperfleet") @NotBlank String projectId,
    @DefaultValue("") String emulatorHost,
    @DefaultValue("false") boolean createMissing,
    @DefaultValue("") String deadLetterTopic,
    @DefaultValue("3s") Duration requestTimeout) {

  boolean emulated() {
    return !emulatorHost.isBlank();
  }
}
