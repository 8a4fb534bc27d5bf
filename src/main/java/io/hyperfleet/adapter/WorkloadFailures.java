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

/** Says why a Job failed: the container's own last words first, then what Kubernetes knows. */
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
        + hint(cause) + ". Job " + name + "; its logs: kubectl logs -n " + job.getMetadata().getNamespace() + " job/" + name;
  }

  private static String hint(String cause) {
    return cause.startsWith("DeadlineExceeded")
        ? ". Look what takes so long, or raise the Job's activeDeadlineSeconds" : "";
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
        .findFirst().map(WorkloadFailures::lastWords).or(() -> takenAway(pod));
  }

  /** A pod that a node or the scheduler has ended, whatever its containers did. */
  private static Optional<String> takenAway(Pod pod) {
    var status = pod.getStatus();
    if (status.getReason() != null) {
      return Optional.of(status.getReason() + ": pod " + pod.getMetadata().getName()
          + (status.getMessage() == null ? "" : ": " + status.getMessage().strip().replaceFirst("\\.$", "")));
    }
    return status.getConditions().stream().filter(condition -> condition.getType().equals("DisruptionTarget")
        && condition.getStatus().equals("True")).findFirst().map(condition -> condition.getReason() + ": pod "
            + pod.getMetadata().getName() + ": " + condition.getMessage());
  }

  private static String lastWords(ContainerStatus container) {
    var terminated = container.getState().getTerminated();
    var said = terminated.getMessage() == null ? "" : terminated.getMessage().strip() + ": ";
    return said + "container " + container.getName() + " exited with code " + terminated.getExitCode()
        + (terminated.getReason() == null ? "" : ", " + terminated.getReason())
        + ("OOMKilled".equals(terminated.getReason()) ? "; raise its memory limit" : "");
  }

  /** The condition that says that it has failed. */
  static Optional<JobCondition> condition(Job job) {
    return job.getStatus() == null ? Optional.empty() : job.getStatus().getConditions().stream()
        .filter(condition -> "Failed".equals(condition.getType()) && "True".equals(condition.getStatus())).findFirst();
  }
}
