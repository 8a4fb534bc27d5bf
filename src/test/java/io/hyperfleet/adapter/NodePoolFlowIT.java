package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A node pool goes from created to Ready and to gone as a cluster does, through a Sentinel, topic and adapter of its
 * own.
 */
class NodePoolFlowIT {

  private static LocalFleet fleet;

  @BeforeAll
  static void start() {
    fleet = LocalFleet.start("hyperfleet.adapters.enabled=validation,machines",
        "hyperfleet.kinds.clusters.required-adapters=validation");
    await().until(() -> fleet.management("/readyz").status() == 200);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void becomesReadyAfterItsClusterAndGoesWithIt() {
    var cluster = fleet.createCluster("with-pool");
    var answer = fleet.post("/clusters/" + cluster + "/nodepools",
        "{\"kind\":\"NodePool\",\"name\":\"pool-1\",\"spec\":{\"replicas\":3}}");
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    var pool = answer.body().get("id").asText();

    await().until(() -> phase(pool).equals("Ready"));

    assertThat(fleet.phase(cluster)).isEqualTo("Ready");
    var report = fleet.get("/nodepools/" + pool + "/statuses").body().at("/items/0");
    assertThat(report.path("adapter").asText()).isEqualTo("machines");
    // The report of the Job's creation may come late; the last definite one stays.
    assertThat(report.at("/last_definitive/data/replicas").asInt()).isEqualTo(3);
    var job = fleet.kubernetes().batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE)
        .withLabel(OwnerLabels.NODE_POOL_ID, pool).list().getItems();
    assertThat(job).singleElement().satisfies(found -> {
      assertThat(found.getMetadata().getName()).isEqualTo("machines-" + pool + "-gen1");
      assertThat(found.getMetadata().getLabels()).containsEntry(OwnerLabels.CLUSTER_ID, cluster);
    });

    assertThat(fleet.delete("/clusters/" + cluster).status()).isEqualTo(202);

    await().until(() -> phase(pool).equals("gone") && fleet.phase(cluster).equals("gone"));
    assertThat(fleet.kubernetes().batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE)
        .withLabel(OwnerLabels.CLUSTER_ID, cluster).list().getItems()).isEmpty();
  }

  private static String phase(String pool) {
    var answer = fleet.get("/nodepools/" + pool);
    return answer.status() == 404 ? "gone" : answer.body().at("/status/phase").asText();
  }
}
