package io.hyperfleet.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * A requested retry of an adapter's Job at a generation, regardless of how many attempts the adapter allows.
 *
 * @param generation generation of the resource at the request; the retry does not apply to others
 * @param wantedAttempt the requested attempt, from 2
 * @param requestedTime when, by the database's clock
 * @param requestedBy by whom
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WantedRetry(int generation, int wantedAttempt, Instant requestedTime, String requestedBy) {}
