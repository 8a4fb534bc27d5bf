package io.hyperfleet.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.local.kubernetes.RealKubernetes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
    client.resource(new LeaseBuilder().withNewMetadata().withName(NAME).withNamespace(NAMESPACE).endMetadata().withNewSpec()
        .withHolderIdentity("dead").withLeaseDurationSeconds(2).withLeaseTransitions(1).withAcquireTime(ZonedDateTime.now())
        .withRenewTime(ZonedDateTime.now()).endSpec().build()).create();

    var member = members.start("namespace", NAMESPACE, "pod-name", "one");

    await().atMost(PATIENCE).until(member::works);
    assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(2);
  }

  private Lease lease() {
    return client.leases().inNamespace(NAMESPACE).withName(NAME).get();
  }
}
