package io.hyperfleet.faults.stage;

import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds transactions at one point of their way while it is closed, so that whoever runs them can be killed right there.
 * The product waits for a lock for five seconds: it is to be killed before.
 */
public final class Gate implements AutoCloseable {

  private static final int LOCK = 4711;

  private final JdbcClient database;
  private final Connection holder;

  private Gate(LocalPostgres postgres, JdbcClient database) throws SQLException {
    this.database = database;
    this.holder = DriverManager.getConnection(postgres.jdbcUrl());
  }

  /** Closed to relays that are about to mark a row as published. */
  public static Gate beforeMarking(LocalPostgres postgres, JdbcClient database) throws SQLException {
    return closed(postgres, database, "create trigger gate before update on outbox for each row "
        + "when (new.published and not old.published) execute function history.wait_at_gate()");
  }

  /** Closed to creates that have written the resource and are about to write its event. */
  public static Gate beforeTheEvent(LocalPostgres postgres, JdbcClient database) throws SQLException {
    return closed(postgres, database, "create trigger gate before insert on outbox for each row "
        + "execute function history.wait_at_gate()");
  }

  /** Closed to creates whose commit has begun. */
  public static Gate inTheCommit(LocalPostgres postgres, JdbcClient database) throws SQLException {
    return closed(postgres, database, "create constraint trigger gate after insert on outbox "
        + "deferrable initially deferred for each row execute function history.wait_at_gate()");
  }

  /** Closed to first reports of an adapter about a resource. */
  public static Gate beforeTheReport(LocalPostgres postgres, JdbcClient database) throws SQLException {
    return closed(postgres, database, "create trigger gate before insert on adapter_statuses for each row "
        + "execute function history.wait_at_gate()");
  }

  private static Gate closed(LocalPostgres postgres, JdbcClient database, String trigger) throws SQLException {
    var gate = new Gate(postgres, database);
    gate.holder.createStatement().execute("select pg_advisory_lock(" + LOCK + ")");
    database.sql(trigger).update();
    return gate;
  }

  /** Returns when a transaction has come to the gate. */
  public void awaitSomebody() {
    await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10)).until(() -> !waiting().isEmpty());
  }

  /** Ends the transactions that wait, as the death of their client does where they do not wait for a lock. */
  public void turnAway() {
    waiting().forEach(pid -> database.sql("select pg_terminate_backend(:pid)").param("pid", pid).query().singleRow());
    await().until(() -> waiting().isEmpty());
  }

  private java.util.List<Integer> waiting() {
    return database.sql("select pid from pg_locks where locktype = 'advisory' and not granted").query(Integer.class)
        .list();
  }

  /** Lets everybody pass, now and later. */
  @Override
  public void close() throws SQLException {
    holder.close();
    database.sql("drop trigger if exists gate on outbox").update();
  }
}
