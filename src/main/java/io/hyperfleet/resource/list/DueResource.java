package io.hyperfleet.resource.list;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.hyperfleet.status.Phase;
import java.time.Instant;
import java.util.UUID;

/**
 * A resource in a due list, for a Sentinel.
 *
 * @param nextEventTime when its next event is due, or null for never
 * @param attempt events since the last generation change, progress, or fresh report of a Ready resource
 * @param reason why its next event is due
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DueResource(
    UUID id, int generation, Phase phase, Instant nextEventTime, int attempt, String reason) {}
