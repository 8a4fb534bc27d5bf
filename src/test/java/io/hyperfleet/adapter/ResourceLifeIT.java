package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a resource-adapter makes, from its first apply to its end: rollout, discovery, drift, calls, deletion in order.
 */
class ResourceLifeIT extends AdapterFleetIT {

  private static final String APPLIED = "Applied=True ResourcesApplied, Available=";

  @Test
  void isAvailableOnlyWhenItsDeploymentIsRolledOut() {
    var id = create("{\"roll\":2}");
    awaitRollout(id);
    sendEvent(id);
    assertThat(conditions(id, "roller")).startsWith(APPLIED + "True PostconditionsMet");

    scale(id, 1);
    sendEvent(id);

    assertThat(conditions(id, "roller")).startsWith(APPLIED + "Unknown WorkloadInProgress");
    assertThat(message(id, "roller", "Available"))
        .isEqualTo("Waiting for resources: Deployment roller-" + id + ": 1 of 2 replicas are available");
  }

  @Test
  void saysThatTheImageOfADeploymentCannotBePulled() {
    var id = create("{\"roll\":1}");
    awaitRollout(id);
    scale(id, 0);
    var pod = new PodBuilder().withNewMetadata().withName("roller-pod-" + id).withNamespace(LocalKubernetes.NAMESPACE)
        .withLabels(deployment(id).get().getSpec().getTemplate().getMetadata().getLabels()).endMetadata()
        .withNewSpec().addNewContainer().withName("serve").withImage("registry.example.com/serve:1").endContainer()
        .endSpec().build();
    FLEET.kubernetes().resource(pod).create();
    FLEET.kubernetes().resource(pod).editStatus(found -> new PodBuilder(found).withNewStatus().addNewContainerStatus()
        .withName("serve").withImage("registry.example.com/serve:1").withNewState().withNewWaiting()
        .withReason("ErrImagePull").withMessage("not found").endWaiting().endState().endContainerStatus().endStatus()
        .build());

    sendEvent(id);

    assertThat(conditions(id, "roller")).isEqualTo("Applied=False ResourceCreationFailed, Available=False "
        + "ResourceCreationFailed, Health=False CreateError");
    assertThat(message(id, "roller", "Health"))
        .startsWith(
            "Failed to create workload: ErrImagePull: container serve: not found. Check the image name ");
  }

  @Test
  void readsObjectsThatOthersMake() {
    var id = create("{\"roll\":1,\"result\":true}");
    awaitRollout(id);
    sendEvent(id);
    assertThat(message(id, "roller", "Available")).isEqualTo("Postconditions not met: the result is there");

    write("result-" + id, Map.of(), Map.of("answer", "42"));
    write("labelled-" + id, Map.of("result-of", id), Map.of());
    sendEvent(id);

    assertThat(conditions(id, "roller")).startsWith(APPLIED + "True PostconditionsMet");
    assertThat(FLEET.report(id, "roller").at("/data/result").asText()).isEqualTo("42");
    assertThat(FLEET.report(id, "roller").at("/data/labelled").asText()).isEqualTo("labelled-" + id);
  }

  @Test
  void repairsWhatSomebodyHasChangedOrRemoved() {
    var id = create("{\"roll\":1}");
    configMap("roller-first-" + id).edit(map -> new ConfigMapBuilder(map).addToData("size", "99").addToData("more", "x")
        .build());
    configMap("roller-second-" + id).delete();

    sendEvent(id);

    assertThat(configMap("roller-first-" + id).get().getData()).containsEntry("size", "1").containsEntry("more", "x");
    assertThat(configMap("roller-second-" + id).get()).isNotNull();
  }

  @Test
  void replacesWhatCannotBeChangedOnlyWhenItsManifestChanges() {
    var id = create("{\"note\":\"n\",\"pinned\":\"one\"}");
    var name = "binder-pinned-" + id;
    var uid = configMap(name).get().getMetadata().getUid();

    changeSpec(id, "{\"note\":\"m\",\"pinned\":\"one\"}");
    assertThat(configMap(name).get().getMetadata().getUid()).as("another generation, the same manifest").isEqualTo(uid);

    changeSpec(id, "{\"note\":\"m\",\"pinned\":\"two\"}");
    assertThat(configMap(name).get().getMetadata().getUid()).isNotEqualTo(uid);
    assertThat(configMap(name).get().getData()).containsEntry("pinned", "two");
  }

  @Test
  void asksKubernetesTwiceAtMostWhenNothingHasChanged() {
    var id = create("{\"note\":\"n\",\"roll\":1}");
    awaitRollout(id);
    awaitEnd("runner-" + id + "-gen1");
    awaitEnd("binder-" + id);
    await().until(() -> record(id).get().<Object>get("status", "fqdn") != null);
    sendEvent(id);
    kubernetes().clearRequests();

    sendEvent(id);

    var calls = kubernetes().requests();
    assertThat(calls).filteredOn(call -> call.name().startsWith("runner-")).as("job-adapter").hasSize(1);
    assertThat(calls).filteredOn(call -> call.name().equals(id)).as("one resource").hasSize(1);
    assertThat(calls).filteredOn(call -> call.name().startsWith("binder-")).as("one of two kinds").hasSize(1);
    assertThat(calls).filteredOn(call -> call.resource().equals("deployments")).as("one of two kinds").hasSize(1);
    // The ConfigMaps of binder and of roller by one list each; the third is what roller finds by labels.
    assertThat(calls).filteredOn(call -> call.resource().equals("configmaps") && call.verb().equals("list")).hasSize(3);
    assertThat(calls).extracting(Call::verb).containsOnly("get", "list");
    assertThat(calls).filteredOn(call -> call.resource().equals("pods") || call.resource().equals("events")).isEmpty();
  }

  @Test
  void deletesInReverseOrderAndSaysHowFarItIs() {
    var id = create("{\"note\":\"n\"}");
    awaitEnd("binder-" + id);
    configMap("binder-pinned-" + id).edit(map -> new ConfigMapBuilder(map).editMetadata()
        .addToFinalizers("example.com/hold").endMetadata().build());
    kubernetes().clearRequests();

    assertThat(FLEET.delete("/clusters/" + id).status()).isEqualTo(202);
    settle(id);

    assertThat(kubernetes().requests())
        .filteredOn(call -> call.verb().equals("delete") && call.name().startsWith("binder-"))
        .extracting(Call::name).containsExactly("binder-" + id, "binder-pinned-" + id);
    assertThat(conditions(id, "binder")).contains("Finalized=False CleanupInProgress");
    assertThat(message(id, "binder", "Finalized"))
        .isEqualTo("2 resources are still being deleted: ConfigMap binder-pinned-" + id
            + " (held by example.com/hold), then ConfigMap binder-" + id);

    configMap("binder-" + id).delete();
    configMap("binder-pinned-" + id).edit(map -> new ConfigMapBuilder(map).editMetadata().withFinalizers().endMetadata()
        .build());
    sendEvent(id);
    assertThat(FLEET.phase(id)).isEqualTo("gone");
  }

  private static Resource<Deployment> deployment(String id) {
    return FLEET.kubernetes().apps().deployments().inNamespace(LocalKubernetes.NAMESPACE).withName("roller-" + id);
  }

  private static void awaitRollout(String id) {
    await().until(() -> deployment(id).get().getStatus() != null
        && deployment(id).get().getStatus().getAvailableReplicas() != null);
  }

  /** As its controller does when a pod dies. */
  private static void scale(String id, int available) {
    deployment(id).editStatus(found -> {
      found.getStatus().setAvailableReplicas(available);
      return found;
    });
  }

  private static Resource<ConfigMap> configMap(String name) {
    return FLEET.kubernetes().configMaps().inNamespace(LocalKubernetes.NAMESPACE).withName(name);
  }

  private static void write(String name, Map<String, String> labels, Map<String, String> data) {
    FLEET.kubernetes().resource(new ConfigMapBuilder().withNewMetadata().withName(name)
        .withNamespace(LocalKubernetes.NAMESPACE).withLabels(labels).endMetadata().withData(data).build()).create();
  }
}
