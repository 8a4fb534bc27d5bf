package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.event.ApiTime;
import io.hyperfleet.adapter.event.OwnReport;
import io.hyperfleet.adapter.event.Owner;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * Runs a failed Job of a generation again, as often as its definition wants. The new Job takes the place of the old one under
 * the same name, so that there never are two; the number of the attempt is its annotation, and stands in the reports.
 */
public class JobRetries {

  private static final String NEXT_ATTEMPT = "nextAttempt";

  private final KubernetesClient kubernetes;

  public JobRetries(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  /**
   * Sets {@code retry}, whether the failed Job is to be run again now, and adds to {@code message} what is left of its
   * attempts.
   */
  public void consider(Exchange exchange, @Variable("failedJob") Job job,
      @Variable("definition") AdapterDefinition definition, @Variable("apiTime") ApiTime time,
      @Variable("message") String message) {
    int attempt = attempt(job).orElse(1);
    int attempts = definition.workload().attempts();
    var due = failedTime(job).plus(definition.workload().retryDelay());
    boolean now = attempt < attempts && !due.isAfter(time.now());
    exchange.setVariable("retry", now);
    next(exchange, attempt + 1);
    if (attempts > 1 && !now) {
      exchange.setVariable("message", message + " Attempt " + attempt + " of " + attempts
          + (attempt < attempts ? "; the next one starts with the first event after " + due + "." : ", the last one."));
    }
  }

  /**
   * Removes the failed Job to make room for the next.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException 409 when the Job has changed since it was looked at
   */
  public void remove(@Variable("failedJob") Job job) {
    WorkloadDeletion.deleteUnchanged(kubernetes, job);
  }

  /** Sets the number of the attempt that a new Job is. */
  static void next(Exchange exchange, int attempt) {
    exchange.setVariable(NEXT_ATTEMPT, attempt);
  }

  /** The number of the attempt that a new Job is: one more than the failed one's, else what was reported of this generation. */
  static int attempt(Exchange exchange) {
    if (exchange.getVariable(NEXT_ATTEMPT) instanceof Integer next) {
      return next;
    }
    if (exchange.getVariable("owner") instanceof Owner owner) {
      @SuppressWarnings("unchecked")
      var own = OwnReport.of((Map<String, Object>) exchange.getVariable("resource"), owner.adapter());
      if (own.isOf(owner.generation()) && own.metadata().get("attempt") instanceof Number attempt) {
        return attempt.intValue();
      }
    }
    return 1;
  }

  /** The number of the attempt to report with a Job: its own, or the next one's while it makes room for that. */
  static Optional<Integer> reported(Exchange exchange, Job job) {
    return attempt(job).map(own -> job.getMetadata().getDeletionTimestamp() == null ? own
        : Math.max(own, attempt(exchange)));
  }

  /** The number of the attempt that a Job is, where it tells. */
  static Optional<Integer> attempt(Job job) {
    var text = OwnerLabels.annotation(job, OwnerLabels.ATTEMPT);
    return text.matches("\\d{1,3}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /** When it failed; long ago where it does not tell. */
  private static Instant failedTime(Job job) {
    return WorkloadFailures.condition(job)
        .map(JobCondition::getLastTransitionTime).filter(text -> !text.isEmpty())
        .map(text -> OffsetDateTime.parse(text).toInstant())
        .orElse(Instant.EPOCH);
  }
}
