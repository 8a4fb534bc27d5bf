package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.Load;
import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.faults.stage.StageIT;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL is restarted under the whole system: R4. */
class DatabaseRestartIT extends StageIT {

  @ParameterizedTest
  @ValueSource(strings = {"fast", "immediate"})
  void answersUnavailableAndHeals(String mode) throws Exception {
    var usage = stage.usage();
    try (var load = Load.start(mode + "-", 300, () -> body -> fleet.post("/clusters", body))) {
      await().until(() -> load.created().size() >= 5);
      stage.postgres.stop(mode);
      await().until(() -> load.statuses().containsKey(503));
      assertThat(fleet.management("/healthz").status()).isEqualTo(200);
      TimeUnit.NANOSECONDS.sleep(Loops.outage().toNanos());
      stage.postgres.resume();
      int before = load.created().size();
      await().atMost(Stage.CONVERGENCE).until(() -> load.created().size() >= before + 5);
      load.close();

      assertThat(load.statuses().keySet()).isSubsetOf(201, 409, 503);
      assertThat(load.unavailableWithoutRetryAfter()).isEmpty();
      var took = stage.awaitConverged();
      Loops.measured("R4", "stop -m %s, %s away: answers %s, converged %d ms after the last create", mode,
          Loops.outage(), load.statuses(), took.toMillis());
    }
    usage.settled();
    stage.assertInvariants();
  }
}
