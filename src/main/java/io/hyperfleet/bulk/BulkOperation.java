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
 * A bulk operation on all resources that match a search.
 *
 * @param search null for all resources of the kind
 * @param adapter adapter to retry; null for each whose Job has failed or is gone
 * @param rate maximum resources per second
 * @param state running, done or stopped
 * @param matched number of matching resources at the start
 * @param succeeded number of resources for which it succeeded
 * @param skipped number of resources with nothing to do
 * @param failed number of resources for which it failed
 * @param lastError the last error
 * @param tenant tenant of the resources
 * @param after the last resource that was handled
 * @param claimedTime end of the current claim of its next step
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
