package io.hyperfleet.trace;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Traces. Where they go and how many are kept is said by OpenTelemetry's own variables of the environment (OTEL_*).
 *
 * @param enabled Whether spans are recorded and exported.
 */
@ConfigurationProperties("hyperfleet.tracing")
public record TracingProperties(@DefaultValue("false") boolean enabled) {}
