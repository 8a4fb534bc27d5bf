package io.hyperfleet.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * A rollout as operators see it. What does not apply is null and not shown.
 *
 * @param fromRevision what resources follow that have not moved
 * @param toRevision what those follow that have
 * @param state rolling, halted or done
 * @param wave the one that has moved last, from 1
 * @param since since when it is in this state
 * @param nextWaveTime not before then the next wave moves
 * @param reason why it has halted
 * @param heldRevision what somebody has gone back from
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutView(String fromRevision, String toRevision, String state, int wave, int waves, Instant since,
    Instant nextWaveTime, String reason, String heldRevision, Long moved, Long healthy, Long failed, Long pending) {}
