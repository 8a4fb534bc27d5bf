package io.hyperfleet.chart;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a cluster that a control plane alone has not: an operator that fulfils every DnsRecord, and, where there
 * are no nodes, what would run pods: each succeeds at once, is evicted, or meets the fate that its annotation
 * {@value #FATE} names.
 */
final class Kubelet implements AutoCloseable {

  /**
   * {@code exit:<code>:<last words>}, a reason for which a container waits, {@code Unschedulable}, or {@code runs} for
   * ever.
   */
  static final String FATE = "kubelet.example.com/fate";
  static final String EVICTION = "The node was low on resource: memory";
  private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
  private static final int PAUSE_MILLIS = 500;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final boolean runsPods;
  private final List<String> namespaces;
  private final Set<String> evicted = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

  /** Of the adapters' namespace. */
  Kubelet(KubernetesClient client) {
    this(client, List.of(LocalKubernetes.NAMESPACE));
  }

  /** Runs the pods of these namespaces; the records that it fulfils are in the first one. */
  Kubelet(KubernetesClient client, List<String> namespaces) {
    this.client = client;
    this.namespaces = namespaces;
    this.runsPods = client.nodes().list().getItems().isEmpty();
    executor.scheduleWithFixedDelay(this::look, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  boolean runsPods() {
    return runsPods;
  }

  /** The pods that have this text in the environment of a container. */
  void evict(String clusterName) {
    evicted.add(clusterName);
  }

  private void look() {
    try {
      var records = client.genericKubernetesResources("dns.hyperfleet.io/v1", "DnsRecord")
          .inNamespace(namespaces.get(0));
      records.list().getItems().stream().filter(record -> record.get("status") == null || !fulfilled(record))
          .forEach(record -> records.withName(record.getMetadata().getName()).editStatus(Kubelet::fulfil));
      if (runsPods) {
        namespaces.forEach(namespace -> client.pods().inNamespace(namespace).withLabel(OwnerLabels.CLUSTER_ID).list()
            .getItems().forEach(this::run));
      }
    } catch (KubernetesClientException e) {
      // What is changed or deleted meanwhile is looked at again.
      if (e.getCode() != CONFLICT && e.getCode() != NOT_FOUND) {
        LOG.warn("Cannot play the kubelet: {}", e.getMessage());
      }
    }
  }

  private static boolean fulfilled(GenericKubernetesResource record) {
    return record.get("status", "observedGeneration") instanceof Number seen
        && seen.longValue() == record.getMetadata().getGeneration();
  }

  private static GenericKubernetesResource fulfil(GenericKubernetesResource record) {
    long generation = record.getMetadata().getGeneration();
    record.setAdditionalProperty("status",
        Map.of("observedGeneration", generation, "fqdn", record.get("spec", "hostname"),
            "conditions", List.of(Map.of("type", "Ready", "status", "True", "reason", "Served", "message", "",
                "lastTransitionTime", Instant.now().toString(), "observedGeneration", generation))));
    return record;
  }

  private void run(Pod pod) {
    var resource = client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(pod.getMetadata().getName());
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      resource.withGracePeriod(0).delete();
    } else if ("Pending".equals(pod.getStatus().getPhase())) {
      resource.editStatus(now -> new PodBuilder(now).withStatus(evicted.stream().anyMatch(pod.toString()::contains)
          ? new PodStatusBuilder().withPhase("Failed").withReason("Evicted").withMessage(EVICTION).build()
          : fated(now)).build());
    }
  }

  private static PodStatus fated(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    var fate = annotations == null ? "" : annotations.getOrDefault(FATE, "").split(":", 3)[0];
    return switch (fate) {
      case "" -> succeeded(pod);
      case "exit" -> failed(pod, annotations.get(FATE).split(":", 3));
      case "runs" -> waiting(pod,
          new ContainerStateBuilder().withNewRunning().withStartedAt(Instant.now().toString()).endRunning().build(),
          null, "Running");
      case "Unschedulable" ->
        new PodStatusBuilder().withPhase("Pending").addNewCondition().withType("PodScheduled").withStatus("False")
            .withReason(fate).withMessage("0/3 nodes are available: 3 Insufficient memory.").endCondition().build();
      case "CrashLoopBackOff" ->
        waiting(pod, waits(fate, "back-off 10s restarting failed container"), terminated("2", ""), "Running");
      default -> waiting(pod, waits(fate, "Back-off pulling image"), null, "Pending");
    };
  }

  private static ContainerState waits(String reason, String message) {
    return new ContainerStateBuilder().withNewWaiting().withReason(reason).withMessage(message).endWaiting().build();
  }

  private static ContainerState terminated(String code, String words) {
    var time = Instant.now().toString();
    return new ContainerStateBuilder().withNewTerminated().withExitCode(Integer.parseInt(code)).withReason("Error")
        .withMessage(words)
        .withStartedAt(time).withFinishedAt(time).endTerminated().build();
  }

  private static PodStatus waiting(Pod pod, ContainerState state, ContainerState last, String phase) {
    return new PodStatusBuilder().withPhase(phase).withStartTime(Instant.now().toString())
        .withContainerStatuses(pod.getSpec().getContainers().stream().map(container -> new ContainerStatusBuilder()
            .withName(container.getName()).withImage(container.getImage()).withImageID("")
            .withReady(state.getRunning() != null)
            .withRestartCount(last == null ? 0 : 1).withState(state).withLastState(last).build()).toList())
        .build();
  }

  private static PodStatus failed(Pod pod, String[] fate) {
    return waiting(pod, terminated(fate[1], fate[2]), null, "Failed");
  }

  private static PodStatus succeeded(Pod pod) {
    var time = Instant.now().toString();
    return new PodStatusBuilder().withPhase("Succeeded").withStartTime(time)
        .withContainerStatuses(pod.getSpec().getContainers().stream().map(container -> new ContainerStatusBuilder()
            .withName(container.getName()).withImage(container.getImage()).withImageID("").withReady(false)
            .withRestartCount(0)
            .withNewState().withNewTerminated().withExitCode(0).withReason("Completed").withStartedAt(time)
            .withFinishedAt(time)
            .endTerminated().endState().build()).toList())
        .build();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
