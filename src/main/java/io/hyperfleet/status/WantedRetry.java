package io.hyperfleet.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * Somebody's wish that an adapter runs its Job of a generation once more, however many attempts the adapter allows.
 *
 * @param generation of the resource when it was asked for; it says nothing about another one
 * @param wantedAttempt the attempt that is to be made, from 2
 * @param requestedTime when, by the database's clock
 * @param requestedBy by whom
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WantedRetry(int generation, int wantedAttempt, Instant requestedTime, String requestedBy) {}
