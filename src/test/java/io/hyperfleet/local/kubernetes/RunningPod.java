package io.hyperfleet.local.kubernetes;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A pod that runs and is ready, such as those that elect a leader among them. */
public final class RunningPod {

  private RunningPod() {}

  /** Makes one with a label {@code app}. */
  public static void create(KubernetesClient kubernetes, String name, String app) {
    var pod = new PodBuilder()
        .withNewMetadata().withName(name).withNamespace(LocalKubernetes.NAMESPACE).addToLabels("app", app).endMetadata()
        .withNewSpec().addNewContainer().withName("hyperfleet").withImage("hyperfleet").endContainer().endSpec()
        .withNewStatus().withPhase("Running")
        .addNewCondition().withType("Ready").withStatus("True").endCondition()
        .addNewContainerStatus().withName("hyperfleet").withReady(true).withRestartCount(0)
        .withNewState().withNewRunning().endRunning().endState().endContainerStatus()
        .endStatus().build();
    kubernetes.resource(pod).create();
    kubernetes.resource(pod).updateStatus();
  }
}
