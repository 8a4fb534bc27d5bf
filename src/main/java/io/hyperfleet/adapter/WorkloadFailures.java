package io.hyperfleet.adapter;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says why a Job failed (journey A5): the container's own last words first, then what Kubernetes knows. */
class WorkloadFailures {

  private static final Logger LOG = LoggerFactory.getLogger(WorkloadFailures.class);

  private final KubernetesClient kubernetes;

  WorkloadFailures(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  static boolean failed(Job job) {
    return condition(job).isPresent();
  }

  /** The message for the report. */
  String describe(Job job) {
    var name = job.getMetadata().getName();
    var cause = condition(job)
        .map(condition -> condition.getReason() + ": " + condition.getMessage())
        .orElse("Failed");
    return lastPod(job).flatMap(WorkloadFailures::lastWords).map(words -> words + " (" + cause + ")").orElse(cause)
        + ". Job " + name + "; its logs: kubectl logs -n " + job.getMetadata().getNamespace() + " job/" + name;
  }

  /** That a Job has failed is known and reported, also when nobody can say why. */
  private Optional<Pod> lastPod(Job job) {
    try {
      return lastPodOf(job);
    } catch (KubernetesClientException e) {
      LOG.warn("Cannot read the pods of Job {}: {}", job.getMetadata().getName(), e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Pod> lastPodOf(Job job) {
    return kubernetes.pods().inNamespace(job.getMetadata().getNamespace())
        .withLabel("batch.kubernetes.io/job-name", job.getMetadata().getName()).list().getItems().stream()
        .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()));
  }

  private static Optional<String> lastWords(Pod pod) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    return Stream.concat(pod.getStatus().getInitContainerStatuses().stream(), pod.getStatus().getContainerStatuses().stream())
        .filter(container -> container.getState() != null && container.getState().getTerminated() != null
            && container.getState().getTerminated().getExitCode() != 0)
        .findFirst().map(WorkloadFailures::lastWords);
  }

  private static String lastWords(ContainerStatus container) {
    var terminated = container.getState().getTerminated();
    var said = terminated.getMessage() == null ? "" : terminated.getMessage().strip() + ": ";
    return said + "container " + container.getName() + " exited with code " + terminated.getExitCode()
        + (terminated.getReason() == null ? "" : ", " + terminated.getReason());
  }

  private static Optional<JobCondition> condition(Job job) {
    return job.getStatus() == null ? Optional.empty() : job.getStatus().getConditions().stream()
        .filter(condition -> "Failed".equals(condition.getType()) && "True".equals(condition.getStatus())).findFirst();
  }
}
