package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.SpawnedFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.pubsub.LocalPubSub;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while events are in work: those are finished and acknowledged, all others are delivered to somebody else. */
class GracefulShutdownIT {

  private static final int CLUSTERS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SUBSCRIPTION = "projects/hyperfleet/subscriptions/validation-adapter-sub";

  @TempDir
  private Path folder;

  private LocalFleet fleet;

  @Test
  void finishesWhatIsInWorkAndGivesTheRestBack() throws Exception {
    try (var broker = LocalPubSub.start(0);
        var kubernetes = LocalKubernetes.start(LocalKubernetes.Settings.instant());
        var api = LocalFleet.start("hyperfleet.roles=api,outbox", "hyperfleet.events.progress=false",
            "hyperfleet.broker.emulator-host=" + broker.endpoint(),
            "spring.datasource.hikari.data-source-properties.options=-c lock_timeout=60s -c statement_timeout=60s",
            "spring.datasource.hikari.data-source-properties.socketTimeout=60")) {
      fleet = api;
      kubernetes.writeKubeconfig(folder.resolve("kubeconfig"));
      var adapters = List.of("hyperfleet.roles=adapters", "hyperfleet.adapters.enabled=validation",
          "hyperfleet.adapters.object-hint=false", "camel.component.http.response-timeout=60000",
          "camel.component.http.so-timeout=60000",
          "hyperfleet.api.base-url=http://localhost:" + api.apiPort(),
          "hyperfleet.broker.emulator-host=" + broker.endpoint(),
          "hyperfleet.kubernetes.kubeconfig=" + folder.resolve("kubeconfig"));
      try (var stopping = SpawnedFleet.start("stopping", adapters);
          var connection = DriverManager.getConnection(api.property("spring.datasource.url"))) {
        await().atMost(PATIENCE).until(stopping::isReady);
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table adapter_statuses in exclusive mode");
        var clusters = IntStream.range(0, CLUSTERS).mapToObj(i -> api.createCluster("in-work-" + i)).toList();
        await().atMost(PATIENCE).until(() -> count("select count(*) from outbox where state <> 'published'") == 0);
        await().atMost(PATIENCE)
            .until(() -> count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") > 1);

        var stopped = CompletableFuture.supplyAsync(() -> terminate(stopping));
        await().atMost(PATIENCE).until(() -> !stopping.isReady());
        connection.commit();
        stopped.join();

        assertThat(reported(clusters)).isBetween(2L, (long) CLUSTERS);
        await().untilAsserted(
            () -> assertThat(broker.unacknowledged(SUBSCRIPTION)).isEqualTo(CLUSTERS - reported(clusters)));

        try (var next = LocalFleet.start(adapters.toArray(String[]::new))) {
          await().atMost(PATIENCE)
              .until(() -> reported(clusters) == CLUSTERS && broker.unacknowledged(SUBSCRIPTION) == 0);
        }
      }
    }
  }

  private static Duration terminate(SpawnedFleet process) {
    try {
      return process.terminate();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private long reported(List<String> clusters) {
    return clusters.stream().filter(id -> !fleet.report(id, "validation").isMissingNode()).count();
  }

  private int count(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(fleet.property("spring.datasource.url"));
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }
}
