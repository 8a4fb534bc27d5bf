package io.hyperfleet.history;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.BoundStatement;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.sql.SqlStatement;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.ReportedCondition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps the history of each resource for a day: reports that changed an adapter's condition, and user actions. Events
 * are read from the outbox. At most {@link #MOST} entries of a resource are returned; further rows are removed from
 * time to time, so that a flapping resource does not fill the table.
 */
@Repository
@ConditionalOnRole(Role.API)
public class ResourceHistory {

  /** Entries of a resource that are shown. */
  public static final int MOST = 200;

  private static final SqlStatement INSERT = SqlStatement.read("history-insert");
  private static final SqlStatement TRIM = SqlStatement.read("history-trim");
  private static final String LIST = SqlFile.read("history-list");
  /** One in so many inserts checks for surplus rows. */
  private static final int TRIM_ONE_IN = 16;
  private static final int LONGEST_MESSAGE = 1000;

  private final JdbcClient jdbc;

  ResourceHistory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The statements that record a report, to run with those that store it; none if its answer is unchanged.
   *
   * @param before the adapter's previous report, or null
   */
  public List<BoundStatement> report(UUID resourceId, AdapterStatus before, AdapterStatus report) {
    if (before != null && answer(before).equals(answer(report))) {
      return List.of();
    }
    var available = report.condition(ReportedCondition.AVAILABLE);
    var attempt = report.attempt(report.observedGeneration());
    var row = row(resourceId, report.answeredTime(), "report", report.observedGeneration());
    row.put("adapter", report.adapter());
    row.put("status", available.status());
    row.put("reason", available.reason());
    row.put("message", shorten(available.message()));
    row.put("attempt", attempt == 0 ? null : attempt);
    row.put("finalized", report.finalizedAt(report.observedGeneration()) ? true : null);
    return write(row);
  }

  /**
   * The statement that records an action, to run with it.
   *
   * @param adapter whom it is about, or null
   * @param attempt that was asked for, or null
   */
  public List<BoundStatement> action(UUID resourceId, Instant time, String action, int generation, String caller,
      String adapter, Integer attempt) {
    var row = row(resourceId, time, "action", generation);
    row.put("action", action);
    row.put("caller", caller);
    row.put("adapter", adapter);
    row.put("attempt", attempt);
    return write(row);
  }

  /** The newest entries of the last day, events among them. */
  public List<HistoryEntry> list(UUID resourceId, int size) {
    return jdbc.sql(LIST).param("resourceId", resourceId).param("aggregateId", resourceId.toString())
        .param("size", size).query(ResourceHistory::entry).list();
  }

  /** Generation, Available, its reason, whether it is finalized. */
  private static List<Object> answer(AdapterStatus report) {
    var available = report.condition(ReportedCondition.AVAILABLE);
    return List.of(report.observedGeneration(), available.status(), Objects.toString(available.reason(), ""),
        report.finalizedAt(report.observedGeneration()));
  }

  private static List<BoundStatement> write(Map<String, Object> row) {
    var writes = new ArrayList<BoundStatement>();
    writes.add(INSERT.with(row));
    if (ThreadLocalRandom.current().nextInt(TRIM_ONE_IN) == 0) {
      writes.add(TRIM.with(Map.of("resourceId", row.get("resourceId"), "most", MOST)));
    }
    return writes;
  }

  private static Map<String, Object> row(UUID resourceId, Instant time, String type, int generation) {
    var row = new HashMap<String, Object>();
    for (String column : List.of("adapter", "status", "reason", "message", "attempt", "finalized", "action",
        "caller")) {
      row.put(column, null);
    }
    row.put("resourceId", resourceId);
    row.put("time", Columns.timestamp(time));
    row.put("type", type);
    row.put("generation", generation);
    return row;
  }

  private static String shorten(String message) {
    if (message == null || message.length() <= LONGEST_MESSAGE) {
      return message;
    }
    int end = LONGEST_MESSAGE - 3;
    return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end) + "...";
  }

  private static HistoryEntry entry(ResultSet row, int number) throws SQLException {
    var eventId = row.getObject("event_id", UUID.class);
    return new HistoryEntry(Columns.instant(row, "time"), row.getString("type"), row.getString("adapter"),
        row.getInt("generation"), row.getString("status"), row.getString("reason"), row.getString("message"),
        row.getObject("finalized", Boolean.class), row.getObject("attempt", Integer.class), row.getString("action"),
        row.getString("caller"), eventId, row.getString("state"));
  }
}
