package io.hyperfleet.events;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.resource.ObjectReference;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.schedule.Schedule;
import io.hyperfleet.sql.BoundStatement;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.tenancy.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Locks, reads and reschedules the resources of a batch of events, each in one statement for the whole batch. */
@Repository
@ConditionalOnRole(Role.API)
class EventTargets {

  private static final String LOCK = SqlFile.read("event-targets-lock");
  private static final String READ = SqlFile.read("event-targets-read");
  private static final String WAITING = SqlFile.read("event-waiting");
  private static final String RESCHEDULE = SqlFile.read("event-reschedule");

  private final JdbcClient jdbc;
  private final JdbcOperations statements;

  EventTargets(JdbcClient jdbc, JdbcOperations statements) {
    this.jdbc = jdbc;
    this.statements = statements;
  }

  /** An event that waits in the outbox is found by what it is about and its type. */
  record Waiting(String aggregateId, String eventType) {}

  /**
   * Locks those resources that exist for a tenant, in the order of their ids, so that two batches never wait for each
   * other.
   */
  Set<UUID> lock(Collection<UUID> ids, Tenant tenant) {
    return Set.copyOf(jdbc.sql(LOCK).param("ids", array(ids)).param("tenancy", tenant.only()).query(UUID.class).list());
  }

  /** The resources of one kind among the ids. */
  List<EventTarget> read(Kind kind, Collection<UUID> ids) {
    return jdbc.sql(READ)
        .param("ids", array(ids))
        .param("kind", kind.name())
        .param("required", kind.requiredAdapters().toArray(String[]::new))
        .query((row, number) -> target(kind, row))
        .list();
  }

  /** Locks the events that no relay has taken yet; the newest of each resource and type. */
  Map<Waiting, UUID> waiting(Collection<UUID> ids) {
    var waiting = new HashMap<Waiting, UUID>();
    jdbc.sql(WAITING)
        .param("aggregateIds", ids.stream().map(UUID::toString).toArray(String[]::new))
        .query((ResultSet row) -> {
          waiting.put(new Waiting(row.getString("aggregate_id"), row.getString("event_type")),
              row.getObject("event_id", UUID.class));
        });
    return waiting;
  }

  /** Runs statements of the caller's transaction in one round trip. */
  void run(List<BoundStatement> writes) {
    BoundStatement.run(statements, writes);
  }

  void reschedule(Collection<EventTarget> targets) {
    jdbc.sql(RESCHEDULE)
        .param("ids", array(targets.stream().map(EventTarget::id).toList()))
        .param("times", targets.stream().map(target -> Columns.text(target.position().nextEventTime()))
            .toArray(String[]::new))
        .param("eventTimes", targets.stream().map(target -> Columns.text(target.position().lastEventTime()))
            .toArray(String[]::new))
        .param("outstandingTimes", targets.stream().map(target -> Columns.text(target.position().outstandingSince()))
            .toArray(String[]::new))
        .param("attempts", targets.stream().map(target -> target.position().attempt()).toArray(Integer[]::new))
        .update();
  }

  private static EventTarget target(Kind kind, ResultSet row) throws SQLException {
    var ownerId = row.getObject("owner_id", UUID.class);
    return new EventTarget(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getString("href"),
        ownerId == null ? null : new ObjectReference(ownerId, row.getString("owner_kind"), row.getString("owner_href")),
        row.getInt("generation"),
        new Schedule.State("Ready".equals(row.getString("phase")), Columns.instant(row, "oldest_report"), answers(row)),
        new Schedule.Position(Columns.instant(row, "next_event_time"), row.getInt("event_attempt"),
            Columns.instant(row, "last_event_time"), Columns.instant(row, "outstanding_since")));
  }

  private static List<Schedule.Answer> answers(ResultSet row) throws SQLException {
    // A kind without required adapters has none.
    if (row.getArray("answered") == null) {
      return List.of();
    }
    var times = (Timestamp[]) row.getArray("answered").getArray();
    var available = (Boolean[]) row.getArray("available").getArray();
    return IntStream.range(0, times.length)
        .mapToObj(i -> new Schedule.Answer(times[i] == null ? null : times[i].toInstant(),
            Boolean.TRUE.equals(available[i])))
        .toList();
  }

  private static UUID[] array(Collection<UUID> ids) {
    return ids.toArray(UUID[]::new);
  }
}
