package io.hyperfleet.bulk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.hyperfleet.tenancy.Tenant;
import java.time.Instant;
import java.util.UUID;

/**
 * An action on everything that matches a search.
 *
 * @param search null for everything of the kind
 * @param adapter that is to try again; null for each whose Job has failed or is gone
 * @param rate resources a second at most
 * @param state running, done or stopped
 * @param matched how many there were when it began
 * @param succeeded where it was done
 * @param skipped where there was nothing to do
 * @param failed where it could not be done
 * @param lastError why it could not, the last time
 * @param tenant whose resources
 * @param after the last resource that was handled
 * @param claimedTime until when whoever does its next step has it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkOperation(UUID id, String action, String kind, String search, String adapter, int rate, String state,
    long matched, long succeeded, long skipped, long failed, String lastError, Instant createdTime, String createdBy,
    Instant updatedTime, Instant endedTime, String stoppedBy, @JsonIgnore Tenant tenant, @JsonIgnore UUID after,
    @JsonIgnore Instant claimedTime) {

  static final String RETRY = "retry";
  static final String RECONCILE = "reconcile";

  @JsonProperty
  public String href() {
    return "/api/hyperfleet/v1/operations/" + id;
  }

  @JsonProperty
  public long handled() {
    return succeeded + skipped + failed;
  }
}
