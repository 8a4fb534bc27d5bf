package io.hyperfleet.status;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Events triggered by reports.
 *
 * @param progress Whether a report that changes an adapter's availability triggers an event, so that other adapters act
 * immediately.
 */
@ConfigurationProperties("hyperfleet.events")
public record ProgressProperties(@DefaultValue("true") boolean progress) {}
