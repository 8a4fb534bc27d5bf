package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An adapter for node pools: it sees the pool and its cluster, and its work carries the labels of both. */
class NodePoolAdapterIT extends AdapterFleetIT {

  @Test
  void takesANodePoolToReadyAndLetsItGo() {
    var cluster = create("{\"note\":\"n\"}");
    var pool = createPool(cluster, "workers");

    assertThat(jobs(pool)).hasSize(1);
    var name = jobs(pool).get(0);
    assertThat(job(name).getMetadata().getLabels()).containsEntry(OwnerLabels.CLUSTER_ID, cluster)
        .containsEntry(OwnerLabels.NODE_POOL_ID, pool).containsEntry(OwnerLabels.MANAGED_BY, "pooler");
    assertThat(job(name).getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().get(0).getValue())
        .isEqualTo(cluster + "/" + pool);

    awaitEnd(name);
    sendPoolEvent(pool);
    var found = FLEET.get("/nodepools/" + pool + "?include=statuses").body();
    assertThat(found.at("/status/phase").asText()).isEqualTo("Ready");
    assertThat(found.at("/adapter_statuses/0/adapter").asText()).isEqualTo("pooler");
    assertThat(found.at("/adapter_statuses/0/data/text").asText())
        .isEqualTo(FLEET.get("/clusters/" + cluster).body().get("name").asText() + "/workers");

    assertThat(FLEET.delete("/nodepools/" + pool).status()).isEqualTo(202);
    settle(pool);
    assertThat(FLEET.get("/nodepools/" + pool).status()).isEqualTo(404);
    assertThat(jobs(pool)).isEmpty();
  }

  @Test
  void waitsForWhatItWantsOfTheCluster() {
    var cluster = create("{\"note\":\"n\",\"pools\":false}");
    var pool = createPool(cluster, "workers");

    assertThat(jobs(pool)).isEmpty();
    assertThat(FLEET.get("/nodepools/" + pool + "/statuses").body().at("/items/0/conditions").toString())
        .contains("Waiting for dependencies to be met: the cluster may have pools");
  }

  private static String createPool(String cluster, String name) {
    var answer = FLEET.post("/clusters/" + cluster + "/nodepools",
        "{\"kind\":\"NodePool\",\"name\":\"" + name + "\",\"spec\":{\"replicas\":1}}");
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    var id = answer.body().get("id").asText();
    settle(id);
    return id;
  }

  private static void sendPoolEvent(String pool) {
    var answer = FLEET.post("/events",
        "{\"aggregate_type\":\"NodePool\",\"aggregate_id\":\"" + pool + "\",\"reason\":\"test\"}");
    assertThat(answer.status()).isEqualTo(202);
    settle(pool);
  }

  private static List<String> jobs(String pool) {
    return FLEET.kubernetes().batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE)
        .withLabel(OwnerLabels.NODE_POOL_ID, pool).list().getItems().stream()
        .map(job -> job.getMetadata().getName()).toList();
  }
}
