package io.hyperfleet.faults.stage;

import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.History.Usage;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** Threads of this process and sessions of the database, before the faults and after them (I8). */
public final class Usages {

  private static final int MORE_THREADS = 40;
  /** A full pool: a fault may fill it, and idle connections stay for a while. */
  private static final int MORE_SESSIONS = 20;

  private final Stage stage;
  private final long threads;
  private final long sessions;

  Usages(Stage stage) {
    this.stage = stage;
    stage.history.usages.clear();
    this.threads = threads();
    this.sessions = sessions();
  }

  /** Gives what is still in use two minutes to be given back, since pools keep what is idle for one. */
  public void settled() {
    try {
      await().atMost(Duration.ofMinutes(2)).until(
          () -> threads() <= threads + MORE_THREADS && sessions() <= sessions + MORE_SESSIONS && busySessions() == 0);
    } catch (ConditionTimeoutException e) {
      // The checker says what is wrong.
    }
    stage.history.usages.add(new Usage("the number of threads", threads, threads(), MORE_THREADS));
    stage.history.usages.add(new Usage("the number of database sessions", sessions, sessions(), MORE_SESSIONS));
    stage.history.usages.add(new Usage("the number of open transactions", 0, busySessions(), 0));
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream().filter(thread -> !thread.getName().equals("fault-proxy"))
        .count();
  }

  private long sessions() {
    return stage.count("select count(*) from pg_stat_activity where backend_type = 'client backend'");
  }

  private long busySessions() {
    return stage.count("select count(*) from pg_stat_activity where backend_type = 'client backend' "
        + "and xact_start < now() - interval '5 seconds'");
  }
}
