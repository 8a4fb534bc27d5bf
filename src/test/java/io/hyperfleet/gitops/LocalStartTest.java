package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local start with the role switched on: what the adapters make for a cluster is in Git by the time it is Ready. */
class LocalStartTest {

  @Test
  void clusterThatBecomesReadyLeavesItsHistoryInGit(@TempDir Path directory) throws IOException {
    var git = Git.bare(directory.resolve("fleet.git"));
    try (var fleet = LocalFleet.start("hyperfleet.local.gitops=true", "hyperfleet.local.repository=" + git.directory(),
        "hyperfleet.gitops.commit.window=0s", "hyperfleet.gitops.push.cooldown=100ms")) {
      await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
        var conditions = fleet.management("/gitops").body();
        assertThat(conditions.at("/adapters/0/status").asText()).as("%s", conditions).isEqualTo("True");
      });
      var cluster = fleet.createCluster("mirrored");
      await().atMost(Duration.ofSeconds(90)).until(() -> fleet.phase(cluster).equals("Ready"));
      await().atMost(Duration.ofSeconds(90)).until(() -> git.files().size() == 4);

      assertThat(git.files()).allMatch(path -> path.startsWith("clusters/") && path.contains(cluster.substring(0, 8)));
      assertThat(git.subjects()).contains(
          "[UPDATE] batch/v1/jobs/validation-" + cluster + "-gen1 by manager/hyperfleet",
          "[UPDATE] dns.hyperfleet.io/v1/dnsrecords/" + cluster + " by manager/hyperfleet-dns");
      assertThat(git.run("log", "--format=%(trailers:key=Cluster,valueonly)", "main").strip().lines().distinct())
          .contains(cluster);
      assertThat(git.run("log", "--format=%(trailers:key=Adapter,valueonly)", "main"))
          .contains("validation", "dns", "placement");
      assertThat(fleet.management("/readyz").body().at("/checks/gitops").asText()).isEqualTo("ok");
      assertThat(metrics(fleet)).contains("hyperfleet_gitops_watch_up{", "hyperfleet_gitops_watch_restarts_total{",
          "hyperfleet_gitops_push_seconds_bucket{", "hyperfleet_gitops_last_successful_push_timestamp_seconds{",
          "hyperfleet_gitops_commit_latency_seconds_count{", "hyperfleet_gitops_reconcile_diff_count{",
          "hyperfleet_gitops_pending_writes{", "hyperfleet_gitops_condition{", "hyperfleet_gitops_events_delayed{",
          "hyperfleet_gitops_reconcile_seconds_count{");
    }
  }

  private static String metrics(LocalFleet fleet) throws IOException {
    try (var answer = URI.create("http://localhost:" + fleet.managementPort() + "/metrics").toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
