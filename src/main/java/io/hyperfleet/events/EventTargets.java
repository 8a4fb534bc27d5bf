package io.hyperfleet.events;

import io.hyperfleet.announcement.SuspendedAdapters;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.resource.ObjectReference;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.schedule.HandledEvents;
import io.hyperfleet.schedule.Schedule;
import io.hyperfleet.sql.BoundStatement;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlStatement;
import io.hyperfleet.tenancy.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Repository;

/**
 * Locks, reads and reschedules the resources of a batch of events, in two round trips for the whole batch. Only the
 * schedule of a resource is locked: a concurrent change writes its own event.
 */
@Repository
@ConditionalOnRole(Role.API)
class EventTargets {

  private static final SqlStatement LOCK = SqlStatement.read("event-targets-lock");
  private static final SqlStatement READ = SqlStatement.read("event-targets-read");
  private static final SqlStatement WAITING = SqlStatement.read("event-waiting");
  private static final SqlStatement RESCHEDULE = SqlStatement.read("event-reschedule");

  private final JdbcOperations jdbc;
  private final SuspendedAdapters suspended;
  private final HandledEvents handled;

  EventTargets(JdbcOperations jdbc, SuspendedAdapters suspended, HandledEvents handled) {
    this.jdbc = jdbc;
    this.suspended = suspended;
    this.handled = handled;
  }

  /** Key of a pending event: resource and type. */
  record Waiting(String aggregateId, String eventType) {}

  /**
   * What events are asked for.
   *
   * @param waiting the events that no relay has taken yet, locked too; the newest of each resource and type
   * @param time the database's clock after the locks; null where nothing was found
   */
  record Locked(Map<UUID, EventTarget> targets, Map<Waiting, UUID> waiting, Instant time) {}

  /**
   * Locks the schedules of those resources that exist for a tenant, in the order of their ids, so that two batches
   * never wait for each other; then reads the resources, and the events about them that wait. All of it is one round
   * trip.
   */
  Locked lock(Map<Kind, List<UUID>> wanted, Tenant tenant) {
    var ids = wanted.values().stream().flatMap(List::stream).distinct().toList();
    var locked = new HashMap<UUID, Schedule.Position>();
    var targets = new HashMap<UUID, EventTarget>();
    var waiting = new HashMap<Waiting, UUID>();
    var time = new AtomicReference<Instant>();
    var key = new HashMap<String, Object>();
    key.put("ids", array(ids));
    key.put("tenancy", tenant.only());
    var queries = new ArrayList<BoundStatement.Query>();
    queries.add(new BoundStatement.Query(LOCK.with(key),
        row -> locked.put(row.getObject("resource_id", UUID.class), position(row))));
    wanted.forEach((kind, some) -> {
      var required = suspended.awaited(kind.requiredAdapters());
      queries.add(new BoundStatement.Query(
          READ.with(Map.of("ids", array(some), "kind", kind.name(), "required", required.toArray(String[]::new))),
          row -> {
            var id = row.getObject("id", UUID.class);
            if (locked.containsKey(id)) {
              targets.put(id, target(id, required, row, locked.get(id)));
              time.set(Columns.instant(row, "read_time"));
            }
          }));
    });
    queries.add(new BoundStatement.Query(
        WAITING.with(Map.of("aggregateIds", ids.stream().map(UUID::toString).toArray(String[]::new))),
        row -> waiting.put(new Waiting(row.getString("aggregate_id"), row.getString("event_type")),
            row.getObject("event_id", UUID.class))));
    BoundStatement.query(jdbc, queries);
    return new Locked(targets, waiting, time.get());
  }

  /** Advances schedules, and runs the accompanying statements, in one round trip. */
  void write(Collection<EventTarget> moved, List<BoundStatement> others) {
    var writes = new ArrayList<>(others);
    if (!moved.isEmpty()) {
      writes.add(RESCHEDULE.with(Map.of(
          "ids", array(moved.stream().map(EventTarget::id).toList()),
          "times", times(moved, Schedule.Position::nextEventTime),
          "eventTimes", times(moved, Schedule.Position::lastEventTime),
          "outstandingTimes", times(moved, Schedule.Position::outstandingSince),
          "attempts", moved.stream().map(target -> target.position().attempt()).toArray(Integer[]::new))));
    }
    BoundStatement.run(jdbc, writes);
  }

  private static String[] times(Collection<EventTarget> targets, Function<Schedule.Position, Instant> time) {
    return targets.stream().map(target -> Columns.text(time.apply(target.position()))).toArray(String[]::new);
  }

  private static Schedule.Position position(ResultSet row) throws SQLException {
    return new Schedule.Position(Columns.instant(row, "next_event_time"), row.getInt("event_attempt"),
        Columns.instant(row, "last_event_time"), Columns.instant(row, "outstanding_since"));
  }

  private EventTarget target(UUID id, List<String> required, ResultSet row, Schedule.Position position)
      throws SQLException {
    var ownerId = row.getObject("owner_id", UUID.class);
    return new EventTarget(
        id,
        row.getString("kind"),
        row.getString("href"),
        ownerId == null ? null : new ObjectReference(ownerId, row.getString("owner_kind"), row.getString("owner_href")),
        row.getInt("generation"),
        Columns.instant(row, "paused_time"),
        row.getString("paused_by"),
        new Schedule.State("Ready".equals(row.getString("phase")),
            row.getInt("reported") < required.size() ? null : Columns.instant(row, "oldest_report"),
            answers(required, row)),
        position);
  }

  private List<Schedule.Answer> answers(List<String> required, ResultSet row) throws SQLException {
    var answers = new HashMap<String, Schedule.Answer>();
    if (row.getInt("reported") > 0) {
      var adapters = (String[]) row.getArray("adapters").getArray();
      var times = (Timestamp[]) row.getArray("answered").getArray();
      var available = (Boolean[]) row.getArray("available").getArray();
      for (int i = 0; i < adapters.length; i++) {
        answers.put(adapters[i], new Schedule.Answer(times[i] == null ? null : times[i].toInstant(),
            Boolean.TRUE.equals(available[i]), handled.newest(adapters[i])));
      }
    }
    return required.stream()
        .map(adapter -> answers.getOrDefault(adapter, new Schedule.Answer(null, false, handled.newest(adapter))))
        .toList();
  }

  private static UUID[] array(Collection<UUID> ids) {
    return ids.toArray(UUID[]::new);
  }
}
