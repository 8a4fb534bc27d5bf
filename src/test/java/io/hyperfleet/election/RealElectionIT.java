package io.hyperfleet.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.local.FaultProxy;
import io.hyperfleet.local.kubernetes.RealKubernetes;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader is elected by a Lease of a real Kubernetes. */
@Tag("kubernetes")
class RealElectionIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NAMESPACE = "default";
  private static final String NAME = "hyperfleet-sentinel";

  private KubernetesClient client;
  private Members members;

  @BeforeEach
  void start() {
    client = KubernetesClients.of(RealKubernetes.config()).build();
    members = new Members(Path.of(System.getenv("KUBECONFIG")));
    client.leases().inNamespace(NAMESPACE).withName(NAME).delete();
  }

  @AfterEach
  void stop() {
    if (members != null) {
      members.close();
      client.leases().inNamespace(NAMESPACE).withName(NAME).delete();
      client.close();
    }
  }

  @Test
  void oneLeadsAndTheOtherFollowsWhenItEnds() throws Exception {
    var one = members.start("namespace", NAMESPACE, "pod-name", "one");
    await().atMost(PATIENCE).until(one::works);
    assertThat(lease().getSpec().getHolderIdentity()).startsWith("one_");
    var other = members.start("namespace", NAMESPACE, "pod-name", "other");
    await().atMost(PATIENCE).until(() -> other.leadership().problem().isEmpty());
    assertThat(other.rests()).isTrue();

    one.end();

    await().atMost(PATIENCE).until(other::works);
    assertThat(lease().getSpec().getHolderIdentity()).startsWith("other_");
  }

  @Test
  void aLeaseThatExpiresIsTaken() throws Exception {
    client.resource(
        new LeaseBuilder().withNewMetadata().withName(NAME).withNamespace(NAMESPACE).endMetadata().withNewSpec()
            .withHolderIdentity("dead").withLeaseDurationSeconds(2).withLeaseTransitions(1)
            .withAcquireTime(ZonedDateTime.now())
            .withRenewTime(ZonedDateTime.now()).endSpec().build())
        .create();

    var member = members.start("namespace", NAMESPACE, "pod-name", "one");

    await().atMost(PATIENCE).until(member::works);
    assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(2);
  }

  /** As when its node is cut off: it steps down itself before the other one may begin. */
  @Test
  void whoIsCutOffFromTheApiServerStepsDownAndIsFollowed(@TempDir Path folder) throws Exception {
    var server = URI.create(client.getMasterUrl().toString());
    Assumptions.assumeTrue(List.of("127.0.0.1", "localhost").contains(server.getHost()),
        "the API server is not on this machine");
    try (var proxy = new FaultProxy(server.getPort());
        var behind = new Members(
            Files.writeString(folder.resolve("kubeconfig"), Files.readString(Path.of(System.getenv("KUBECONFIG")))
                .replace(":" + server.getPort(), ":" + proxy.port())))) {
      var one = behind.start("namespace", NAMESPACE, "pod-name", "one");
      await().atMost(PATIENCE).until(one::works);
      var other = members.start("namespace", NAMESPACE, "pod-name", "other");
      await().atMost(PATIENCE).until(() -> other.leadership().problem().isEmpty());

      proxy.halfOpen();
      long cut = System.nanoTime();
      await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> {
        assertThat(one.leadership().isHeld() && other.leadership().isHeld()).as("two lead").isFalse();
        return other.works();
      });
      System.out.println(
          "MEASURED real election: followed after " + Duration.ofNanos(System.nanoTime() - cut).toMillis() + " ms");
      assertThat(one.rests()).isTrue();

      proxy.cut();
      proxy.mend();
      await().atMost(PATIENCE).until(() -> one.leadership().problem().isEmpty());
      assertThat(one.rests()).isTrue();
      assertThat(other.works()).isTrue();
    }
  }

  private Lease lease() {
    return client.leases().inNamespace(NAMESPACE).withName(NAME).get();
  }
}
