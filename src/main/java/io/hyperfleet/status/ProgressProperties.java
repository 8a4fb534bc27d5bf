package io.hyperfleet.status;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Events that reports cause.
 *
 * @param progress Whether a report that moves a resource on writes an event, so that other adapters act at once.
 */
@ConfigurationProperties("hyperfleet.events")
public record ProgressProperties(@DefaultValue("true") boolean progress) {}
