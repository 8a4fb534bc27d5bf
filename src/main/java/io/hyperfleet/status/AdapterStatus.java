package io.hyperfleet.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;

/**
 * The stored report of an adapter on a resource.
 *
 * @param data data for others to read; an empty object if there is none
 * @param metadata about the adapter's Job, or null
 * @param launched the Jobs that it has launched at this generation, or null
 * @param createdTime observed time of its first report
 * @param lastReportTime observed time of this report
 * @param answeredTime when the API took its last report, discarded ones too, by the database's clock; not shown
 * @param retry the last requested retry, or null
 * @param adapterRevision the revision of its folder that it used, or null if unknown
 * @param lastDefinitive its last definitive report, or null if there is none
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AdapterStatus(
    String adapter,
    int observedGeneration,
    List<ReportedCondition> conditions,
    JsonNode data,
    JsonNode metadata,
    JsonNode launched,
    Instant createdTime,
    Instant lastReportTime,
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) Instant answeredTime,
    WantedRetry retry,
    String adapterRevision,
    LastDefinitive lastDefinitive) {

  public AdapterStatus {
    metadata = metadata == null || metadata.isNull() ? null : metadata;
    launched = launched == null || launched.isNull() ? null : launched;
  }

  /** The same report after an answer that said nothing new. */
  public AdapterStatus answered(Instant time) {
    return new AdapterStatus(adapter, observedGeneration, conditions, data, metadata, launched, createdTime,
        lastReportTime, time, retry, adapterRevision, lastDefinitive);
  }

  /** The same report with a requested retry. */
  public AdapterStatus wanting(WantedRetry wanted) {
    return new AdapterStatus(adapter, observedGeneration, conditions, data, metadata, launched, createdTime,
        lastReportTime, answeredTime, wanted, adapterRevision, lastDefinitive);
  }

  /** The last attempt of a generation that it has reported; 0 when it has launched nothing for it. */
  public int attempt(int generation) {
    int last = 0;
    if (launched != null) {
      for (JsonNode launch : launched) {
        if (launch.path("generation").asInt() == generation) {
          last = Math.max(last, launch.path("attempt").asInt(1));
        }
      }
    }
    if (last == 0 && observedGeneration == generation && metadata != null && metadata.has("job_name")) {
      last = Math.max(1, metadata.path("attempt").asInt(1));
    }
    return last;
  }

  /** Whether a retry of that generation was asked for that it has not begun. */
  public boolean retryOpen(int generation) {
    return retry != null && retry.generation() == generation && attempt(generation) < retry.wantedAttempt();
  }

  /** Whether its last word is that it is available at that generation. */
  public boolean availableAt(int generation) {
    return available() && lastDefinitive.observedGeneration() == generation;
  }

  /** Whether the adapter has cleaned up after a resource, at that generation of it. */
  public boolean finalizedAt(int generation) {
    return observedGeneration == generation && Condition.TRUE.equals(statusOf(ReportedCondition.FINALIZED));
  }

  /** Whether the adapter knows the status of all its conditions. */
  public boolean definite() {
    return conditions.stream().noneMatch(condition -> condition.status().equals(ReportedCondition.UNKNOWN));
  }

  boolean available() {
    return lastDefinitive != null && lastDefinitive.available();
  }

  String statusOf(String type) {
    var condition = condition(type);
    return condition == null ? null : condition.status();
  }

  /** One of its conditions, or null. */
  public ReportedCondition condition(String type) {
    return conditions.stream().filter(c -> c.type().equals(type)).findFirst().orElse(null);
  }
}
