package io.hyperfleet.trace;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tracing. Export and sampling are configured with OpenTelemetry's environment variables (OTEL_*).
 *
 * @param enabled Whether spans are recorded and exported.
 */
@ConfigurationProperties("hyperfleet.tracing")
public record TracingProperties(@DefaultValue("false") boolean enabled) {}
