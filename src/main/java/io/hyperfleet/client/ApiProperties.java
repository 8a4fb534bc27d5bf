package io.hyperfleet.client;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the Sentinel and the adapters find the API, and what they show there.
 *
 * @param baseUrl Where the Sentinel and the adapters find the API, without its base path.
 * @param tokenFile File with the bearer token that the Sentinel and the adapters send; read again when it changes. None by
 *     default.
 * @param sslBundle Name of the bundle below spring.ssl.bundle whose certificates the API is trusted by; the JVM's own by default.
 */
@ConfigurationProperties("hyperfleet.api")
public record ApiProperties(String baseUrl, String tokenFile, String sslBundle) {}
