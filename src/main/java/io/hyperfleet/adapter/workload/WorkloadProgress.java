package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.kubernetes.KubernetesErrors;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds out why a created workload makes no progress: from the events of a Job without pods, or from pods that are not
 * ready. A running workload costs no request.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class WorkloadProgress {

  private static final Logger LOG = LoggerFactory.getLogger(WorkloadProgress.class);
  private static final Set<String> IMAGE = Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName",
      "ErrImageNeverPull", "ImageInspectError", "RegistryUnavailable");
  private static final Set<String> CONTAINER = Set.of("CreateContainerConfigError", "CreateContainerError",
      "RunContainerError");

  private static final String CRASH_LOOP = "CrashLoopBackOff";

  private final KubernetesClient kubernetes;
  private final KubernetesSerialization mapper;

  WorkloadProgress(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
    this.mapper = kubernetes.getKubernetesSerialization();
  }

  private record Finding(boolean stuck, String text) {}

  /**
   * Why a workload makes no progress; routes see it as {@code progress}.
   *
   * @param stuck whether it cannot run until someone fixes the cause
   * @param message the cause, or a pod that is waiting for a node
   */
  public record Progress(boolean stuck, String message) {}

  /** Inspects {@code resources}; {@code said} is the message so far. */
  public Progress look(@Variable("fetched") Fetched fetched, @Variable("resources") Map<String, Object> resources,
      @Variable("message") String said) {
    var findings = resources.values().stream().flatMap(resource -> find((Map<?, ?>) resource, fetched.owner()).stream())
        .toList();
    var stuck = findings.stream().filter(Finding::stuck).findFirst();
    if (stuck.isPresent()) {
      return new Progress(true, "Failed to create workload: " + stuck.get().text());
    }
    return new Progress(false,
        findings.isEmpty() ? said : (said.isEmpty() ? "" : said + ". ") + findings.get(0).text());
  }

  private Optional<Finding> find(Map<?, ?> object, Owner owner) {
    try {
      if ("Job".equals(object.get("kind"))) {
        return find(mapper.convertValue(object, Job.class));
      }
      if (String.valueOf(object.get("apiVersion")).startsWith("apps/") && Rollout.pending(object).isPresent()) {
        var labels = new LinkedHashMap<>(OwnerLabels.selector(owner));
        labels.put(OwnerLabels.RESOURCE_TYPE,
            WorkloadName.labelValue(String.valueOf(object.get("kind")).toLowerCase(Locale.ROOT)));
        return ofPods(String.valueOf(((Map<?, ?>) object.get("metadata")).get("namespace")), labels);
      }
    } catch (KubernetesClientException e) {
      // The workload is reported as not available anyway.
      LOG.warn("Cannot determine why a {} of {} does not run: {}", object.get("kind"), owner.adapter(),
          KubernetesErrors.details(e));
    }
    return Optional.empty();
  }

  private Optional<Finding> find(Job job) {
    var status = job.getStatus();
    if (status != null && status.getConditions().stream().anyMatch(condition -> "True".equals(condition.getStatus())
        && Set.of("Complete", "Failed").contains(String.valueOf(condition.getType())))) {
      return Optional.empty();
    }
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return Optional.of(new Finding(false, "Job " + job.getMetadata().getName() + " is suspended"));
    }
    int active = status == null ? 0 : count(status.getActive());
    if (active == 0) {
      return status == null || count(status.getFailed()) == 0
          ? lastFailedCreate(job)
              .map(event -> new Finding(true, said(event) + KubernetesErrors.podsRefused(said(event))))
          : Optional.empty();
    }
    return status.getReady() != null && status.getReady() >= active
        ? Optional.empty()
        : ofPods(job.getMetadata().getNamespace(),
            Map.of("batch.kubernetes.io/job-name", job.getMetadata().getName()));
  }

  private Optional<Event> lastFailedCreate(Job job) {
    return GonePod.last(kubernetes.v1().events().inNamespace(job.getMetadata().getNamespace())
        .withField("involvedObject.uid", job.getMetadata().getUid()).withField("reason", "FailedCreate").list()
        .getItems());
  }

  private static String said(Event event) {
    return event.getMessage() == null ? event.getReason() : event.getMessage();
  }

  private Optional<Finding> ofPods(String namespace, Map<String, String> labels) {
    var pods = kubernetes.pods().inNamespace(namespace).withLabels(labels).list().getItems();
    var findings = Stream.concat(pods.stream().flatMap(pod -> containers(pod).stream()),
        pods.stream().flatMap(pod -> unscheduled(pod).stream())).toList();
    return findings.stream().filter(Finding::stuck).findFirst().or(() -> findings.stream().findFirst());
  }

  private static List<Finding> containers(Pod pod) {
    return pod.getStatus() == null
        ? List.of()
        : PodEnd.containers(pod.getStatus()).flatMap(container -> waiting(pod, container).stream()).toList();
  }

  private static Optional<Finding> waiting(Pod pod, ContainerStatus container) {
    var waiting = container.getState() == null ? null : container.getState().getWaiting();
    if (waiting == null || waiting.getReason() == null) {
      return Optional.empty();
    }
    var text = waiting.getReason() + ": container " + container.getName();
    if (IMAGE.contains(waiting.getReason())) {
      return Optional.of(new Finding(true, text + PodEnd.detail(waiting.getMessage()) + ". Check the image name "
          + container.getImage() + " and that the cluster may pull it."));
    }
    if (CRASH_LOOP.equals(waiting.getReason())) {
      return Optional.of(new Finding(false, PodEnd.words(pod).map(words -> CRASH_LOOP + ": " + words).orElse(text)
          + ". Kubernetes keeps restarting it; logs: kubectl logs --previous -n "
          + pod.getMetadata().getNamespace() + " "
          + pod.getMetadata().getName() + " -c " + container.getName()));
    }
    return CONTAINER.contains(waiting.getReason())
        ? Optional.of(new Finding(true, text + PodEnd.detail(waiting.getMessage())
            + ". Check the container's ConfigMaps, Secrets and command."))
        : Optional.empty();
  }

  private static Optional<Finding> unscheduled(Pod pod) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(condition -> "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
            .map(condition -> new Finding(false, "Pod " + pod.getMetadata().getName() + " is waiting for a node"
                + PodEnd.detail(condition.getMessage())))
            .findFirst();
  }

  private static int count(Integer number) {
    return number == null ? 0 : number;
  }
}
