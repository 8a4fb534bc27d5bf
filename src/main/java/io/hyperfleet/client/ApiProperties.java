package io.hyperfleet.client;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the Sentinel and the adapters reach the API.
 *
 * @param baseUrl URL of the API for the Sentinel and the adapters, without its base path.
 * @param tokenFile File with the bearer token that the Sentinel and the adapters send; read again when it changes. None
 * by default.
 * @param sslBundle Name of the bundle below spring.ssl.bundle with the CA certificates to trust for the API; the JVM's
 * own by default.
 * @param requestTimeout Total time limit for a request, from connecting to the last byte of the response.
 */
@Validated
@ConfigurationProperties("hyperfleet.api")
public record ApiProperties(String baseUrl, String tokenFile, String sslBundle,
    @DefaultValue("30s") @DurationMin(millis = 1) Duration requestTimeout) {}
