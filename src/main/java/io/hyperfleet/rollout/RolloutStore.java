package io.hyperfleet.rollout;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of rollouts, of the resources that have moved, and of those that are pinned. */
@Repository
@ConditionalOnRole(Role.API)
class RolloutStore {

  private static final String LIST = SqlFile.read("rollout-list");
  private static final String CLAIM = SqlFile.read("rollout-claim");
  private static final String LOCK = SqlFile.read("rollout-lock");
  private static final String PUT = SqlFile.read("rollout-put");
  private static final String CHANGE = SqlFile.read("rollout-change");
  private static final String DELETE = SqlFile.read("rollout-delete");
  private static final String FORGET = SqlFile.read("rollout-forget-resources");
  private static final String CANDIDATES = SqlFile.read("rollout-candidates");
  private static final String MOVE = SqlFile.read("rollout-move");
  private static final String PROGRESS = SqlFile.read("rollout-progress");
  private static final String ACCEPT = SqlFile.read("rollout-accept");
  private static final String UNTOLD = SqlFile.read("rollout-untold");
  private static final String TOLD = SqlFile.read("rollout-told");
  private static final String BACK = SqlFile.read("rollout-back");
  private static final String BACK_FROM = SqlFile.read("rollout-back-from");
  private static final String END_HOLD = SqlFile.read("rollout-end-hold");
  private static final String RELEASE = SqlFile.read("rollout-release");
  private static final String UNUSABLE = SqlFile.read("rollout-unusable");
  private static final String FOLLOWED = SqlFile.read("rollout-followed");
  private static final String PINNED = SqlFile.read("pin-any");
  private static final String PIN = SqlFile.read("pin-put");
  private static final String UNPIN = SqlFile.read("pin-delete");
  private static final String TELL = SqlFile.read("pin-tell");

  private final JdbcClient jdbc;

  RolloutStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Rollout> list() {
    return jdbc.sql(LIST).query(RolloutStore::rollout).list();
  }

  /** For this transaction alone; empty where another one has it. */
  Optional<Rollout> claim(String adapter) {
    return jdbc.sql(CLAIM).param("adapter", adapter).query(RolloutStore::rollout).optional();
  }

  /** For this transaction alone. */
  Optional<Rollout> lock(String adapter) {
    return jdbc.sql(LOCK).param("adapter", adapter).query(RolloutStore::rollout).optional();
  }

  /** Begins anew, from the first wave where it is in waves. */
  void put(String adapter, String kind, String from, String to, Rollout.State state, int waves, String reason,
      String caller, String left) {
    jdbc.sql(PUT).param("adapter", adapter).param("kind", kind).param("from", from).param("to", to)
        .param("state", state.word()).param("waves", waves).param("reason", reason).param("caller", caller)
        .param("left", left).update();
  }

  /** From the state that was seen to another one; false where it is not that any more. */
  boolean change(Rollout seen, Rollout.State state, int wave, int waves, String reason, String caller) {
    return change(seen, state, wave, waves, reason, caller, false);
  }

  /** The same, and the wave begins anew where {@code again}. */
  boolean change(Rollout seen, Rollout.State state, int wave, int waves, String reason, String caller,
      boolean again) {
    return jdbc.sql(CHANGE).param("adapter", seen.adapter()).param("to", seen.to())
        .param("beforeState", seen.state().word()).param("beforeWave", seen.wave())
        .param("state", state.word()).param("wave", wave).param("waves", waves).param("reason", reason)
        .param("caller", caller).param("again", again).update() == 1;
  }

  void delete(String adapter) {
    jdbc.sql(DELETE).param("adapter", adapter).update();
  }

  void forgetResources(String adapter) {
    jdbc.sql(FORGET).param("adapter", adapter).update();
  }

  List<UUID> candidates(Rollout rollout, Instant since, UUID after, int size) {
    return jdbc.sql(CANDIDATES).param("adapter", rollout.adapter()).param("kind", rollout.kind())
        .param("since", Columns.timestamp(since)).param("after", after).param("size", size).query(UUID.class).list();
  }

  void move(String adapter, List<UUID> ids, int wave, boolean told) {
    jdbc.sql(MOVE).param("adapter", adapter).param("ids", ids.toArray(UUID[]::new)).param("wave", wave)
        .param("told", told).update();
  }

  RolloutProgress progress(Rollout rollout, Duration within) {
    return jdbc.sql(PROGRESS).param("adapter", rollout.adapter()).param("to", rollout.to())
        .param("within", within.toMillis() / 1e3)
        .query((row, number) -> new RolloutProgress(row.getLong("moved"), row.getLong("healthy"),
            row.getLong("failed"), row.getLong("pending"), row.getLong("overdue")))
        .single();
  }

  void accept(Rollout rollout) {
    jdbc.sql(ACCEPT).param("adapter", rollout.adapter()).param("to", rollout.to()).update();
  }

  List<UUID> untold(String adapter, int size) {
    return jdbc.sql(UNTOLD).param("adapter", adapter).param("size", size).query(UUID.class).list();
  }

  void told(String adapter, List<UUID> ids) {
    jdbc.sql(TOLD).param("adapter", adapter).param("ids", ids.toArray(UUID[]::new)).update();
  }

  /** Tells all that something else has made what they have. */
  void back(String adapter, String to) {
    jdbc.sql(BACK).param("adapter", adapter).param("to", to).update();
  }

  /** Tells again those that what was left has made meanwhile. */
  void backFrom(String adapter, String left) {
    jdbc.sql(BACK_FROM).param("adapter", adapter).param("left", left).update();
  }

  void endHolds() {
    jdbc.sql(END_HOLD).update();
  }

  /** Forgets those of which there is nothing more to say than what processes have. */
  void release() {
    jdbc.sql(RELEASE).update();
  }

  /** Why a process cannot load a revision. */
  Optional<String> unusable(String adapter, String digest) {
    return jdbc.sql(UNUSABLE).param("adapter", adapter).param("digest", digest).query(String.class).optional();
  }

  /** What there is to know of one resource; the rollout has no more than that needs. */
  FollowedRevision followed(String adapter, UUID id, boolean deleting) {
    return jdbc.sql(FOLLOWED).param("adapter", adapter).param("id", id).query((row, number) -> {
      var state = row.getString("state");
      return new FollowedRevision(state == null
          ? null
          : new Rollout(adapter, null, row.getString("from_digest"), row.getString("to_digest"),
              Rollout.State.of(state), row.getInt("wave"), 0, null, Columns.instant(row, "wave_time"), null, null,
              null, false, null),
          row.getString("wanted"), row.getString("pinned"), row.getString("reported"), row.getBoolean("kept"),
          deleting, row.getBoolean("moved"));
    }).single();
  }

  boolean hasPins(String adapter) {
    return jdbc.sql(PINNED).param("adapter", adapter).query(Boolean.class).single();
  }

  void pin(UUID id, String adapter, String digest, String caller) {
    jdbc.sql(PIN).param("id", id).param("adapter", adapter).param("digest", digest).param("caller", caller).update();
  }

  boolean unpin(UUID id, String adapter) {
    return jdbc.sql(UNPIN).param("id", id).param("adapter", adapter).update() == 1;
  }

  /** Tells the adapter of one resource. */
  void tell(UUID id, String adapter) {
    jdbc.sql(TELL).param("id", id).param("adapter", adapter).update();
  }

  private static Rollout rollout(ResultSet row, int number) throws SQLException {
    return new Rollout(row.getString("adapter"), row.getString("kind"), row.getString("from_digest"),
        row.getString("to_digest"), Rollout.State.of(row.getString("state")), row.getInt("wave"), row.getInt("waves"),
        Columns.instant(row, "since"), Columns.instant(row, "wave_time"), row.getString("reason"),
        row.getString("left_digest"), Columns.instant(row, "governed_time"), row.getBoolean("untold"),
        Columns.instant(row, "read_time"));
  }
}
