package io.hyperfleet.adapter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * What the reports of a job-adapter say about the runs of its Job, so that each runs once a generation and attempt, also when
 * it is gone from Kubernetes.
 */
public class JobLaunches {

  private static final String GONE = ". The Job is gone";
  private static final String INSTEAD = "change the resource, which makes a new generation, or allow more attempts with "
      + "spec.retry.attempts";

  /**
   * Recalls the Job that is not there: sets {@code launched}, whether it was launched for this generation, {@code launchResult}, which is
   * {@code Succeeded}, {@code Failed}, or empty when nobody saw its end, {@code attemptDue}, whether it is to be run again now,
   * and the {@code message} that says what happened and what to do.
   */
  public void recall(Exchange exchange, @Variable("owner") Owner owner, @Variable("definition") AdapterDefinition definition,
      @Variable("resource") Map<String, Object> resource, @Variable("apiTime") ApiTime time) {
    var own = OwnReport.of(resource, owner.adapter());
    var name = WorkloadName.of(owner);
    Optional<Launch> known = Launch.known(own, Launch.nameOf(name), owner.generation());
    exchange.setVariable("launched", known.filter(Launch::wasCreated).isPresent());
    known.ifPresent(launch -> {
      if (!launch.wasCreated()) {
        JobRetries.next(exchange, launch.attempt());
      } else {
        gone(exchange, launch, name, own, definition, time.now());
      }
    });
  }

  private static void gone(Exchange exchange, Launch launch, String name, OwnReport own, AdapterDefinition definition, Instant now) {
    boolean failed = Launch.FAILED.equals(launch.result());
    int attempts = definition.workload().attempts();
    boolean left = launch.attempt() < attempts;
    var due = failed ? since(own).plus(definition.workload().retryDelay()) : now;
    boolean attemptDue = left && !due.isAfter(now);
    exchange.setVariable("launchResult", launch.result() == null ? "" : launch.result());
    exchange.setVariable("attemptDue", attemptDue);
    exchange.setVariable("workload", Map.of("job_name", name, "job_namespace", definition.namespace(), "attempt", launch.attempt()));
    var then = left ? "; attempt " + (launch.attempt() + 1) + " of " + attempts + " starts with the first event after " + due
        : "; it is not run again at this generation: " + INSTEAD;
    exchange.setVariable("message", failed ? lastWords(own, name) + GONE + then
        : "Job " + name + " is gone before its end was seen" + then);
    if (attemptDue) {
      JobRetries.next(exchange, launch.attempt() + 1);
    }
  }

  /** When it was first reported that it failed; long ago where that is not known. */
  private static Instant since(OwnReport own) {
    return own.condition("Available").get("last_transition_time") instanceof String time ? Instant.parse(time) : Instant.EPOCH;
  }

  /** Why it failed, as it was said while the Job was there. */
  private static String lastWords(OwnReport own, String name) {
    var available = own.condition("Available");
    var message = "JobFailed".equals(available.get("reason")) && available.get("message") instanceof String text ? text : "";
    int end = message.indexOf(GONE);
    var words = (end < 0 ? message : message.substring(0, end)).replaceFirst("\\.$", "");
    return words.isBlank() ? "Job " + name + " failed" : words;
  }

  /** Prepares the report that the failed Job makes room for its next attempt; it is sent before the Job is deleted. */
  public void announce(Exchange exchange, @Variable("owner") Owner owner, @Variable("definition") AdapterDefinition definition) {
    var name = WorkloadName.of(owner);
    int attempt = JobRetries.attempt(exchange);
    report(exchange, new Launch(Launch.nameOf(name), owner.generation(), attempt, null, null));
    exchange.setVariable("workload", Map.of("job_name", name, "job_namespace", definition.namespace(), "attempt", attempt));
    exchange.setVariable("message", "Job " + name + " makes room for attempt " + attempt);
    exchange.setVariable("announcing", true);
  }

  /** What was announced is known to the API: what goes wrong from now on can be reported. */
  public void announced(Exchange exchange) {
    exchange.removeVariable("announcing");
    exchange.removeVariable("reporting");
    exchange.removeVariable("conditions");
  }

  /** Kubernetes has not taken the attempt that was announced, and said so: it is still to come. */
  public void refused(Exchange exchange, @Variable("owner") Owner owner) {
    if (exchange.getVariable("launches") != null) {
      report(exchange, new Launch(Launch.nameOf(WorkloadName.of(owner)), owner.generation(), JobRetries.attempt(exchange),
          Launch.NOT_CREATED, null));
    }
  }

  /** Reports the Job that is there; while it makes room for an attempt that was announced, that one is still to come. */
  static void found(Exchange exchange, Owner owner, String name, int attempt, Map<String, Object> job) {
    @SuppressWarnings("unchecked")
    var resource = (Map<String, Object>) exchange.getVariable("resource");
    var wanted = Launch.known(OwnReport.of(resource, owner.adapter()), Launch.nameOf(name), owner.generation())
        .map(Launch::attempt).orElse(1);
    int next = exchange.getVariable("launches") == null ? wanted : Math.max(wanted, JobRetries.attempt(exchange));
    boolean making = isBeingDeleted(job) && next > attempt;
    report(exchange, making ? new Launch(Launch.nameOf(name), owner.generation(), next, Launch.NOT_CREATED, null)
        : new Launch(Launch.nameOf(name), owner.generation(), attempt, null, Launch.result(job)));
  }

  /** Reports the Job that Kubernetes has taken. */
  static void created(Exchange exchange, Owner owner) {
    report(exchange, new Launch(Launch.nameOf(WorkloadName.of(owner)), owner.generation(), JobRetries.attempt(exchange), null, null));
  }

  /** Sets {@code message}: which Jobs among the resources are gone, and what to do. */
  public void describeGone(Exchange exchange, @Variable("goneJobs") List<String> gone) {
    exchange.setVariable("message", String.join(", ", gone) + (gone.size() == 1 ? " is gone before its end was seen; it is"
        : " are gone before their ends were seen; they are") + " not run again at this generation: change the resource, which makes "
        + "a new generation");
    
  }

  private static boolean isBeingDeleted(Map<String, Object> job) {
    return job.get("metadata") instanceof Map<?, ?> metadata && metadata.get("deletionTimestamp") != null;
  }

  private static void report(Exchange exchange, Launch launch) {
    exchange.setVariable("launches", List.of(launch.reported()));
  }
}
