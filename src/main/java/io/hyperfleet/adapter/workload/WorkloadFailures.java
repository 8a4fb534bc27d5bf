package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.kubernetes.KubernetesErrors;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Explains why a Job failed: the container's termination message first, then what Kubernetes knows. */
public class WorkloadFailures {

  private static final Logger LOG = LoggerFactory.getLogger(WorkloadFailures.class);

  private final KubernetesClient kubernetes;
  private final GonePod gone;

  public WorkloadFailures(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
    this.gone = new GonePod(kubernetes);
  }

  static boolean failed(Job job) {
    return condition(job).isPresent();
  }

  /** The message for the report. */
  String describe(Job job) {
    var cause = condition(job).map(condition -> condition.getReason() == null
        ? "Failed"
        : condition.getReason() + (condition.getMessage() == null ? "" : ": " + condition.getMessage()))
        .orElse("Failed");
    var pods = pods(job);
    boolean isGone = pods.filter(List::isEmpty).isPresent();
    var words = pods.flatMap(WorkloadFailures::last).flatMap(PodEnd::words);
    return words.map(text -> text + " (" + cause + ")").orElse(cause) + (isGone ? "; " + gone.words(job) : "")
        + hint(cause)
        + where(job, isGone);
  }

  private static String where(Job job, boolean isGone) {
    var name = job.getMetadata().getName();
    var namespace = job.getMetadata().getNamespace();
    return ". Job " + name + (isGone ? "; events: kubectl describe -n " : "; logs: kubectl logs -n ")
        + namespace + " job/" + name;
  }

  private static String hint(String cause) {
    return cause.startsWith("DeadlineExceeded")
        ? ". Find out what takes so long, or raise the Job's activeDeadlineSeconds"
        : "";
  }

  /** The existing pods. The failure is reported even if its cause is unknown. */
  private Optional<List<Pod>> pods(Job job) {
    try {
      return Optional.of(kubernetes.pods().inNamespace(job.getMetadata().getNamespace())
          .withLabel("batch.kubernetes.io/job-name", job.getMetadata().getName()).list().getItems());
    } catch (KubernetesClientException e) {
      LOG.warn("Cannot read the pods of Job {}: {}", job.getMetadata().getName(), KubernetesErrors.details(e));
      return Optional.empty();
    }
  }

  private static Optional<Pod> last(List<Pod> pods) {
    return pods.stream().max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()));
  }

  /** The condition of its failure. */
  static Optional<JobCondition> condition(Job job) {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(condition -> "Failed".equals(condition.getType()) && "True".equals(condition.getStatus()))
            .findFirst();
  }
}
