package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.docs.Page;
import io.hyperfleet.docs.Shell;
import io.hyperfleet.docs.TestRunCommand;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.metric.MetricsPage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The local start with the role switched on: what the adapters make for a cluster is in Git by the time it is Ready.
 */
class LocalStartIT {

  private static final Pattern METRIC = Pattern.compile("`(hyperfleet_gitops_\\w+)(?:\\{([a-z_,]+)})?`");
  private static final Page PAGE = Page.of(Path.of("docs/gitops.md"));

  @Test
  void clusterThatBecomesReadyLeavesItsHistoryInGit(@TempDir Path directory) throws IOException {
    var git = Git.bare(directory.resolve("fleet.git"));
    var properties = TestRunCommand.properties(PAGE);
    assertThat(properties).containsExactly("hyperfleet.local.gitops=true");
    try (var fleet = LocalFleet.start(properties.get(0), "hyperfleet.local.repository=" + git.directory(),
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
      assertThat(PAGE.commands("git")).hasSize(3).allSatisfy(command -> assertThat(shown(git, command)).as(command)
          .contains("validation", "dns", "placement"));
      await().untilAsserted(
          () -> assertThat(fleet.management("/readyz").body().at("/checks/gitops").asText()).isEqualTo("ok"));
      assertThat(documented()).containsAllEntriesOf(measured(fleet));
      // A push is measured when the remote has it.
      await().untilAsserted(() -> assertThat(metrics(fleet)).contains("hyperfleet_gitops_watch_up{",
          "hyperfleet_gitops_watch_restarts_total{", "hyperfleet_gitops_push_seconds_bucket{",
          "hyperfleet_gitops_last_successful_push_timestamp_seconds{",
          "hyperfleet_gitops_commit_latency_seconds_count{",
          "hyperfleet_gitops_reconcile_diff_count{", "hyperfleet_gitops_pending_writes{",
          "hyperfleet_gitops_condition{",
          "hyperfleet_gitops_events_delayed{", "hyperfleet_gitops_reconcile_seconds_count{"));
    }
  }

  /** What a command of the page shows, of this repository in the place of the page's. */
  private static String shown(Git git, String command) {
    var words = Shell.words(command.replace(" target/local/fleet.git ", " " + git.directory() + " "), Map.of());
    return git.run(words.subList(1, words.size()).toArray(String[]::new));
  }

  /** The metrics of the page with their labels. */
  private static Map<String, Set<String>> documented() {
    return METRIC.matcher(PAGE.text()).results().collect(Collectors.toMap(found -> found.group(1),
        found -> found.group(2) == null ? Set.of() : new TreeSet<>(Set.of(found.group(2).split(",")))));
  }

  private static Map<String, Set<String>> measured(LocalFleet fleet) {
    var measured = new TreeMap<String, Set<String>>();
    MetricsPage.read(fleet.managementPort()).families().forEach((name, family) -> {
      if (name.startsWith("hyperfleet_gitops_") && !name.endsWith("_max")) {
        measured.put(name, family.labels());
      }
    });
    measured.values().forEach(labels -> labels.removeAll(Set.of("component", "version", "quantile")));
    return measured;
  }

  private static String metrics(LocalFleet fleet) throws IOException {
    try (var answer = URI.create("http://localhost:" + fleet.managementPort() + "/metrics").toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
