package io.hyperfleet.metric;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Metrics of the fleet in the API.
 *
 * @param stuckAfter How long a resource may wait for its adapters before it counts as stuck.
 * @param refreshInterval How long counts from the database are cached.
 */
@ConfigurationProperties("hyperfleet.metrics")
public record MetricsProperties(@DefaultValue("10m") Duration stuckAfter,
    @DefaultValue("10s") Duration refreshInterval) {}
