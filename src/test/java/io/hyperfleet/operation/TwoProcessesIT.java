package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.local.DueHistory;
import io.hyperfleet.local.LocalPostgres;
import io.hyperfleet.local.SpawnedFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.pubsub.LocalPubSub;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two processes with all roles share the work: nothing is done twice, and one of them may die at any moment. */
@Tag("faults")
class TwoProcessesIT {

  private static final int WAVE = 20;
  private static final Duration LEASE = Duration.ofSeconds(11);

  /** Two JVMs start on a machine that may be busy with others. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir
  Path folder;

  private LocalPostgres postgres;

  @Test
  void shareTheWorkAndSurviveOneAnother() throws Exception {
    try (var database = LocalPostgres.start(0);
        var broker = LocalPubSub.start(0);
        var kubernetes = LocalKubernetes.start(
            new LocalKubernetes.Settings(0, Duration.ofMillis(500), Duration.ofMillis(200)))) {
      postgres = database;
      kubernetes.writeKubeconfig(folder.resolve("kubeconfig"));
      var properties = List.of(
          "spring.datasource.url=" + postgres.jdbcUrl(),
          "spring.datasource.username=" + postgres.username(),
          "spring.datasource.password=" + postgres.password(),
          "hyperfleet.broker.emulator-host=" + broker.endpoint(),
          "hyperfleet.kubernetes.kubeconfig=" + folder.resolve("kubeconfig"),
          "hyperfleet.schedule.ready-max-age=1m",
          "hyperfleet.outbox.lease=" + LEASE.toSeconds() + "s",
          "hyperfleet.outbox.publish-timeout=" + (LEASE.toSeconds() - 1) + "s");
      try (var first = SpawnedFleet.start("first", properties);
          var second = SpawnedFleet.start("second", properties)) {
        await().atMost(PATIENCE).until(() -> first.isReady() && second.isReady());
        var due = DueHistory.start(JdbcClient.create(new DriverManagerDataSource(postgres.jdbcUrl())));

        var clusters = create("wave-a-", WAVE, first, second);
        awaitAllReady(clusters, second);

        assertOneJobPerAdapterClusterAndGeneration(kubernetes, clusters);
        awaitEverythingPublished();
        assertNoEventIsDoubled(due);

        var doomed = create("wave-b-", WAVE, first, second);
        first.kill();
        doomed.addAll(create("wave-c-", WAVE / 2, second));
        awaitAllReady(doomed, second);

        assertOneJobPerAdapterClusterAndGeneration(kubernetes, doomed);
        awaitEverythingPublished();
        assertNoEventIsDoubled(due);
      }
    }
  }

  private static List<String> create(String prefix, int count, SpawnedFleet... fleets) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      ids.add(fleets[i % fleets.length].createCluster(prefix + i));
    }
    return ids;
  }

  private static void awaitAllReady(List<String> clusters, SpawnedFleet fleet) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(clusters).allSatisfy(id -> assertThat(fleet.phase(id)).isEqualTo("Ready")));
  }

  private static void assertOneJobPerAdapterClusterAndGeneration(LocalKubernetes kubernetes, List<String> clusters) {
    var jobs = kubernetes.client().batch().v1().jobs().inAnyNamespace().list().getItems().stream()
        .collect(Collectors.groupingBy(TwoProcessesIT::purpose, Collectors.counting()));
    assertThat(jobs.values()).containsOnly(1L);
    for (String cluster : clusters) {
      assertThat(jobs.keySet().stream().filter(purpose -> purpose.contains(cluster))).as(cluster)
          .containsExactlyInAnyOrder("validation " + cluster + " 1", "placement " + cluster + " 1",
              "hyperfleet " + cluster + " 1");
    }
  }

  private static String purpose(Job job) {
    var labels = job.getMetadata().getLabels();
    return labels.get(OwnerLabels.MANAGED_BY) + " " + labels.get(OwnerLabels.CLUSTER_ID) + " "
        + labels.get(OwnerLabels.GENERATION);
  }

  private void awaitEverythingPublished() {
    await().atMost(PATIENCE).until(() -> count("select count(*) from outbox where state <> 'published'"),
        left -> left == 0);
  }

  /** Of two Sentinels that both won, the second one would have asked for an event that was no longer due. */
  private static void assertNoEventIsDoubled(DueHistory due) {
    await().atMost(PATIENCE).until(() -> !due.asked().isEmpty());
    assertThat(due.asked()).allSatisfy(event -> assertThat(event.due()).isNotNull().isBeforeOrEqualTo(event.created()));
  }

  private long count(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(postgres.jdbcUrl());
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
