package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.kubernetes.KubernetesErrors;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Explains what happened to the deleted pod of a failed Job, from Kubernetes' events, which are kept for an hour.
 */
final class GonePod {

  private static final Logger LOG = LoggerFactory.getLogger(GonePod.class);
  private static final Pattern CREATED = Pattern.compile("Created pod: (\\S+)");
  /** Events that explain a pod's end but are not warnings. */
  private static final Set<String> ENDS = Set.of("Preempted", "TaintManagerEviction", "Evicted");

  private final KubernetesClient kubernetes;

  GonePod(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  /** A description, with how to keep the next one. */
  String words(Job job) {
    return told(job)
        + (restarts(job) ? ". Set restartPolicy: Never so that Kubernetes keeps the pods of failed Jobs" : "");
  }

  private String told(Job job) {
    try {
      var pod = name(job);
      var end = pod.isEmpty()
          ? Optional.<Event>empty()
          : last(events(job, "involvedObject.name", pod.get()).stream()
              .filter(event -> "Warning".equals(event.getType()) || ENDS.contains(event.getReason())).toList());
      return "its pod " + pod.map(name -> name + " ").orElse("") + "is gone"
          + end
              .map(event -> "; its last event in Kubernetes is " + event.getReason()
                  + PodEnd.detail(event.getMessage()))
              .orElse(", so its exit code is unknown");
    } catch (KubernetesClientException e) {
      LOG.warn("Cannot read the events of Job {}: {}", job.getMetadata().getName(), KubernetesErrors.details(e));
      return "its pod is gone, so its exit code is unknown";
    }
  }

  private Optional<String> name(Job job) {
    return last(events(job, "involvedObject.uid", job.getMetadata().getUid()).stream()
        .filter(event -> event.getMessage() != null && CREATED.matcher(event.getMessage()).matches()).toList())
        .map(event -> CREATED.matcher(event.getMessage()).replaceFirst("$1"));
  }

  private List<Event> events(Job job, String field, String value) {
    return kubernetes.v1().events().inNamespace(job.getMetadata().getNamespace()).withField(field, value).list()
        .getItems();
  }

  /** The newest of some events. */
  static Optional<Event> last(List<Event> events) {
    return events.stream()
        .max(Comparator.comparing(event -> event.getLastTimestamp() == null ? "" : event.getLastTimestamp()));
  }

  private static boolean restarts(Job job) {
    var template = job.getSpec() == null ? null : job.getSpec().getTemplate();
    return template != null && template.getSpec() != null && "OnFailure".equals(template.getSpec().getRestartPolicy());
  }
}
