package io.hyperfleet.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.BoundStatement;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.sql.SqlStatement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores reports and aggregated conditions. */
@Repository
@ConditionalOnRole(Role.API)
public class AdapterStatuses {

  private static final SqlStatement UPSERT = SqlStatement.read("adapter-status-upsert");
  private static final SqlStatement ANSWERED = SqlStatement.read("adapter-status-answered");
  private static final SqlStatement RETRY = SqlStatement.read("adapter-status-retry");
  private static final String LIST = SqlFile.read("adapter-status-list");
  private static final String COUNT = SqlFile.read("adapter-status-count");
  private static final SqlStatement REPLACE_CONDITIONS = SqlStatement.read("conditions-replace");

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  public AdapterStatuses(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Stores an adapter's report in place of its last one. */
  public BoundStatement store(UUID resourceId, AdapterStatus status) {
    var word = status.lastDefinitive();
    var row = new HashMap<String, Object>();
    row.put("id", UuidV7.next());
    row.put("resourceId", resourceId);
    row.put("adapter", status.adapter());
    row.put("observedGeneration", status.observedGeneration());
    row.put("conditions", text(status.conditions()));
    row.put("data", status.data().toString());
    row.put("metadata", status.metadata() == null ? null : status.metadata().toString());
    row.put("launched", status.launched() == null ? null : status.launched().toString());
    row.put("adapterRevision", status.adapterRevision());
    row.put("createdTime", Columns.timestamp(status.createdTime()));
    row.put("lastReportTime", Columns.timestamp(status.lastReportTime()));
    row.put("answeredTime", Columns.timestamp(status.answeredTime()));
    row.put("definitiveStatus", word == null ? null : word.status());
    row.put("definitiveReason", word == null ? null : word.reason());
    row.put("definitiveMessage", word == null ? null : word.message());
    row.put("definitiveGeneration", word == null ? null : word.observedGeneration());
    row.put("definitiveTime", word == null ? null : Columns.timestamp(word.observedTime()));
    row.put("definitiveData", word == null ? null : word.data().toString());
    row.put("unhealthy", Condition.FALSE.equals(status.statusOf(ReportedCondition.HEALTH)));
    return UPSERT.with(row);
  }

  /** Notes that an adapter has answered, and that its answer said nothing new. */
  public BoundStatement answered(UUID resourceId, String adapter, Instant time) {
    return ANSWERED.with(Map.of("resourceId", resourceId, "adapter", adapter, "time", Columns.timestamp(time)));
  }

  /** Stores a requested retry with an adapter's report. */
  public BoundStatement retry(UUID resourceId, String adapter, WantedRetry retry) {
    return RETRY.with(Map.of("resourceId", resourceId, "adapter", adapter, "retry", text(retry)));
  }

  /** Replaces a resource's conditions with these; equal rows are not touched. */
  public BoundStatement replaceConditions(UUID resourceId, List<Condition> conditions) {
    return REPLACE_CONDITIONS.with(Map.of(
        "id", resourceId,
        "types", texts(conditions, Condition::type),
        "statuses", texts(conditions, Condition::status),
        "reasons", texts(conditions, Condition::reason),
        "messages", texts(conditions, Condition::message),
        "generations", conditions.stream().map(Condition::observedGeneration).toArray(Integer[]::new),
        "createdTimes", times(conditions, Condition::createdTime),
        "updatedTimes", times(conditions, Condition::lastUpdatedTime),
        "transitionTimes", times(conditions, Condition::lastTransitionTime)));
  }

  /** Reports about a resource, by adapter. */
  public List<AdapterStatus> list(UUID resourceId, int size, long offset) {
    return jdbc.sql(LIST)
        .param("resourceId", resourceId)
        .param("size", size)
        .param("offset", offset)
        .query((row, number) -> parse(row.getString("item")))
        .list();
  }

  public long count(UUID resourceId) {
    return jdbc.sql(COUNT).param("resourceId", resourceId).query(Long.class).single();
  }

  private static String[] texts(List<Condition> conditions, Function<Condition, String> column) {
    return conditions.stream().map(column).toArray(String[]::new);
  }

  private static String[] times(List<Condition> conditions, Function<Condition, Instant> column) {
    return conditions.stream().map(column).map(Columns::text).toArray(String[]::new);
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private AdapterStatus parse(String item) {
    try {
      return json.readValue(item, AdapterStatus.class);
    } catch (JsonProcessingException e) {
      throw new DataRetrievalFailureException("a JSON column does not hold what this version wrote", e);
    }
  }
}
