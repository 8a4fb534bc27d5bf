package io.hyperfleet.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.election.Leadership;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two Sentinels that elect a leader, one works; when it is gone, the other one does. */
class LeaderElectionIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir
  private Path folder;

  @Test
  void oneLeadsAndTheOtherTakesOver() {
    try (var kubernetes = LocalKubernetes.start(LocalKubernetes.Settings.instant());
        var api = LocalFleet.start("hyperfleet.roles=api,outbox",
            "hyperfleet.kinds.clusters.required-adapters=somebody",
            "hyperfleet.schedule.backoff.max=1s", "hyperfleet.schedule.unanswered=1s")) {
      kubernetes.writeKubeconfig(folder.resolve("kubeconfig"));
      try (var one = sentinel(api, "one"); var other = sentinel(api, "other")) {
        await().atMost(PATIENCE).until(() -> leads(one) || leads(other));
        var leader = leads(one) ? one : other;
        var standby = leader == one ? other : one;
        assertThat(leads(standby)).isFalse();
        assertThat(status(standby)).isNotEqualTo(ServiceStatus.Started);
        await().atMost(PATIENCE).until(() -> standby.management("/readyz").status(), code -> code == 200);
        var cluster = api.createCluster("led");
        await().atMost(PATIENCE).until(() -> events(api, cluster) > 0);

        leader.close();

        await().atMost(PATIENCE).until(() -> leads(standby) && status(standby) == ServiceStatus.Started);
        int before = events(api, cluster);
        await().atMost(PATIENCE).until(() -> events(api, cluster) > before);
        assertThat(standby.management("/readyz").body().at("/checks/leader").asText()).isEqualTo("ok");

        kubernetes.fail(call -> call.resource().equals("leases"), 403, "Forbidden", "the Role has no leases",
            Integer.MAX_VALUE);
        await().atMost(PATIENCE).until(() -> standby.management("/readyz").body().at("/checks/leader").asText().equals(
            "no known leader: cannot read or write the Lease hyperfleet-adapters/hyperfleet-sentinel: the Role has "
                + "no leases"));
        assertThat(standby.management("/readyz").status()).isEqualTo(503);
        assertThat(leads(standby)).isFalse();
        await().atMost(PATIENCE).until(() -> status(standby) != ServiceStatus.Started);
      }
    }
  }

  private LocalFleet sentinel(LocalFleet api, String pod) {
    return LocalFleet.start("hyperfleet.roles=sentinel",
        "hyperfleet.api.base-url=http://localhost:" + api.apiPort(),
        "hyperfleet.kinds.clusters.required-adapters=somebody",
        "hyperfleet.kubernetes.kubeconfig=" + folder.resolve("kubeconfig"),
        "hyperfleet.sentinel.leader-election.enabled=true",
        "hyperfleet.sentinel.leader-election.namespace=" + LocalKubernetes.NAMESPACE,
        "hyperfleet.sentinel.leader-election.pod-name=" + pod,
        "hyperfleet.sentinel.leader-election.lease-duration=4s",
        "hyperfleet.sentinel.leader-election.renew-deadline=2s",
        "hyperfleet.sentinel.leader-election.retry-period=300ms");
  }

  private static boolean leads(LocalFleet fleet) {
    return fleet.context().getBean(Leadership.class).isHeld();
  }

  private static ServiceStatus status(LocalFleet fleet) {
    return fleet.camel().getRouteController().getRouteStatus("sentinel-clusters");
  }

  private static int events(LocalFleet api, String cluster) {
    return (int) api.get("/events?size=100&aggregate_id=" + cluster).body().path("items").findValuesAsText("source")
        .stream().filter("sentinel"::equals).count();
  }
}
