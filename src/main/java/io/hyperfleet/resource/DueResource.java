package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.hyperfleet.status.Phase;
import java.time.Instant;
import java.util.UUID;

/**
 * A resource whose next event is due: what a Sentinel needs to decide about it.
 *
 * @param attempt events since the last generation change, progress, or fresh report of a Ready resource
 * @param reason why it is due
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DueResource(
    UUID id, int generation, Phase phase, Instant nextEventTime, int attempt, String reason) {}
