package io.hyperfleet.chart;

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
 * The parts of a cluster that a control plane alone has not: an operator that fulfils every DnsRecord, and, where there are no
 * nodes, what would run pods: each succeeds at once, or is evicted.
 */
final class Kubelet implements AutoCloseable {

  static final String EVICTION = "The node was low on resource: memory";
  private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
  private static final int PAUSE_MILLIS = 500;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final boolean runsPods;
  private final Set<String> evicted = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

  Kubelet(KubernetesClient client) {
    this.client = client;
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
      var records = client.genericKubernetesResources("dns.hyperfleet.io/v1", "DnsRecord").inNamespace(LocalKubernetes.NAMESPACE);
      records.list().getItems().stream().filter(record -> record.get("status") == null || !fulfilled(record)).forEach(record ->
          records.withName(record.getMetadata().getName()).editStatus(Kubelet::fulfil));
      if (runsPods) {
        client.pods().inNamespace(LocalKubernetes.NAMESPACE).withLabel(OwnerLabels.CLUSTER_ID).list().getItems().forEach(this::run);
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
    record.setAdditionalProperty("status", Map.of("observedGeneration", generation, "fqdn", record.get("spec", "hostname"),
        "conditions", List.of(Map.of("type", "Ready", "status", "True", "reason", "Served", "message", "",
            "lastTransitionTime", Instant.now().toString(), "observedGeneration", generation))));
    return record;
  }

  private void run(Pod pod) {
    var resource = client.pods().inNamespace(LocalKubernetes.NAMESPACE).withName(pod.getMetadata().getName());
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      resource.withGracePeriod(0).delete();
    } else if ("Pending".equals(pod.getStatus().getPhase())) {
      resource.editStatus(now -> new PodBuilder(now).withStatus(evicted.stream().anyMatch(pod.toString()::contains)
          ? new PodStatusBuilder().withPhase("Failed").withReason("Evicted").withMessage(EVICTION).build() : succeeded(now)).build());
    }
  }

  private static PodStatus succeeded(Pod pod) {
    var time = Instant.now().toString();
    return new PodStatusBuilder().withPhase("Succeeded").withStartTime(time)
        .withContainerStatuses(pod.getSpec().getContainers().stream().map(container -> new ContainerStatusBuilder()
            .withName(container.getName()).withImage(container.getImage()).withImageID("").withReady(false).withRestartCount(0)
            .withNewState().withNewTerminated().withExitCode(0).withReason("Completed").withStartedAt(time).withFinishedAt(time)
            .endTerminated().endState().build()).toList())
        .build();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
