package io.hyperfleet.client;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the Sentinel and the adapters find the API, and what they show there.
 *
 * @param baseUrl Where the Sentinel and the adapters find the API, without its base path.
 * @param tokenFile File with the bearer token that the Sentinel and the adapters send; read again when it changes. None
 * by default.
 * @param sslBundle Name of the bundle below spring.ssl.bundle whose certificates the API is trusted by; the JVM's own
 * by default.
 * @param requestTimeout How long one request may take in all, from the connection to the last byte of the answer.
 */
@Validated
@ConfigurationProperties("hyperfleet.api")
public record ApiProperties(String baseUrl, String tokenFile, String sslBundle,
    @DefaultValue("30s") @DurationMin(millis = 1) Duration requestTimeout) {}
