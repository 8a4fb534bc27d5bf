package io.hyperfleet.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * A condition as an adapter reports it.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param lastTransitionTime observed time of the report that changed the status; null while the report is not stored
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReportedCondition(
    String type, String status, String reason, String message, Instant lastTransitionTime) {

  public static final String AVAILABLE = "Available";
  public static final String APPLIED = "Applied";
  public static final String HEALTH = "Health";
  public static final String FINALIZED = "Finalized";
  public static final String UNKNOWN = "Unknown";

  ReportedCondition since(Instant time) {
    return new ReportedCondition(type, status, reason, message, time);
  }
}
