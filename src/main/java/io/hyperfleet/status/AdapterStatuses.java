package io.hyperfleet.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores reports and the conditions that follow from them. */
@Repository
@ConditionalOnRole(Role.API)
public class AdapterStatuses {

  private static final String UPSERT = SqlFile.read("adapter-status-upsert");
  private static final String ANSWERED = SqlFile.read("adapter-status-answered");
  private static final String LIST = SqlFile.read("adapter-status-list");
  private static final String COUNT = SqlFile.read("adapter-status-count");
  private static final String REPLACE_CONDITIONS = SqlFile.read("conditions-replace");

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  public AdapterStatuses(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Stores an adapter's report in place of its last one. */
  public void store(UUID resourceId, AdapterStatus status) {
    var word = status.lastDefinitive();
    jdbc.sql(UPSERT)
        .param("id", UuidV7.next())
        .param("resourceId", resourceId)
        .param("adapter", status.adapter())
        .param("observedGeneration", status.observedGeneration())
        .param("conditions", text(status.conditions()))
        .param("data", status.data().toString())
        .param("metadata", status.metadata() == null ? null : status.metadata().toString())
        .param("launched", status.launched() == null ? null : status.launched().toString())
        .param("createdTime", Columns.timestamp(status.createdTime()))
        .param("lastReportTime", Columns.timestamp(status.lastReportTime()))
        .param("answeredTime", Columns.timestamp(status.answeredTime()))
        .param("definitiveStatus", word == null ? null : word.status())
        .param("definitiveReason", word == null ? null : word.reason())
        .param("definitiveMessage", word == null ? null : word.message())
        .param("definitiveGeneration", word == null ? null : word.observedGeneration())
        .param("definitiveTime", word == null ? null : Columns.timestamp(word.observedTime()))
        .param("definitiveData", word == null ? null : word.data().toString())
        .param("unhealthy", Condition.FALSE.equals(status.statusOf(ReportedCondition.HEALTH)))
        .update();
  }

  /** Notes that an adapter has answered, and that its answer said nothing new. */
  public void answered(UUID resourceId, String adapter, Instant time) {
    jdbc.sql(ANSWERED).param("resourceId", resourceId).param("adapter", adapter).param("time", Columns.timestamp(time))
        .update();
  }

  /** Makes a resource's conditions exactly these; rows that already say so are not touched. */
  public void replaceConditions(UUID resourceId, List<Condition> conditions) {
    jdbc.sql(REPLACE_CONDITIONS)
        .param("id", resourceId)
        .param("types", texts(conditions, Condition::type))
        .param("statuses", texts(conditions, Condition::status))
        .param("reasons", texts(conditions, Condition::reason))
        .param("messages", texts(conditions, Condition::message))
        .param("generations", conditions.stream().map(Condition::observedGeneration).toArray(Integer[]::new))
        .param("createdTimes", times(conditions, Condition::createdTime))
        .param("updatedTimes", times(conditions, Condition::lastUpdatedTime))
        .param("transitionTimes", times(conditions, Condition::lastTransitionTime))
        .update();
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
