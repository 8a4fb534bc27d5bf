package io.hyperfleet.metric;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the API tells of the fleet in its metrics.
 *
 * @param stuckAfter How long a resource may wait for its adapters before it counts as stuck.
 * @param refreshInterval How long the numbers that the database has counted are shown before it counts again.
 */
@ConfigurationProperties("hyperfleet.metrics")
public record MetricsProperties(@DefaultValue("10m") Duration stuckAfter,
    @DefaultValue("10s") Duration refreshInterval) {}
