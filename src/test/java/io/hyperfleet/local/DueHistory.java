package io.hyperfleet.local;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When the events that Sentinels asked for were due: the database writes it down with what moves their schedule on. */
public final class DueHistory {

  /**
   * An event.
   *
   * @param resource id of what it is about
   * @param due since when its resource was due; null when its schedule was not moved on
   * @param created when it was written
   */
  public record Asked(String resource, Instant due, Instant created) {}

  private static final String RECORD = """
      create schema due;
      create table due.moved (transaction bigint, resource_id text, due timestamptz);
      create table due.asked (seq bigint, transaction bigint, resource_id text, created_time timestamptz);
      create function due.note_moved() returns trigger language plpgsql as $$
      begin
        insert into due.moved values (txid_current(), old.resource_id, old.next_event_time);
        return null;
      end $$;
      create function due.note_asked() returns trigger language plpgsql as $$
      begin
        insert into due.asked values (new.seq, txid_current(), new.aggregate_id, new.created_time);
        return null;
      end $$;
      create trigger due_moved after update on resource_schedules for each row execute function due.note_moved();
      create trigger due_asked after insert on outbox for each row when (new.source = 'sentinel')
        execute function due.note_asked();
      """;

  private final JdbcClient database;

  private DueHistory(JdbcClient database) {
    this.database = database;
  }

  /** Begins to write it down in a database that has its schema. */
  public static DueHistory start(JdbcClient database) {
    database.sql(RECORD).update();
    return new DueHistory(database);
  }

  /** Every event that a Sentinel has asked for, oldest first. */
  public List<Asked> asked() {
    return database.sql("select a.resource_id, m.due, a.created_time from due.asked a left join due.moved m "
        + "on m.transaction = a.transaction and m.resource_id = a.resource_id order by a.seq")
        .query((row, index) -> new Asked(row.getString(1), time(row.getObject(2, OffsetDateTime.class)),
            time(row.getObject(3, OffsetDateTime.class))))
        .list();
  }

  private static Instant time(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
