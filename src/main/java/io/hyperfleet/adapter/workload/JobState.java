package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.adapter.event.Assessed;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.OwnReport;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of this generation's Job, from Kubernetes or, if it does not exist there, from the adapter's reports;
 * routes see it as {@code job}. A Job runs once per generation and attempt; a new attempt replaces the failed Job under
 * the same name.
 *
 * @param is its state
 * @param name of the Job
 * @param object the Job in Kubernetes, null if it does not exist
 * @param resources the Job for expressions, by the name {@code job}; empty if it does not exist
 * @param attempt number of the attempt at this generation, from 1
 * @param attempts number of attempts that the adapter allows, or that were requested
 * @param retryTime when the next attempt may start, if it failed or is gone
 * @param time the current time by the API's clock
 * @param next the number of the attempt that a new Job would be
 * @param launch the launch to report, null if the API knows it already
 * @param metadata metadata of the Job to report, null if there is none
 * @param message what has happened, and what to do
 */
public record JobState(Is is, String name, Job object, Map<String, Object> resources, int attempt, int attempts,
    Instant retryTime,
    Instant time, int next, Launch launch, Map<String, Object> metadata, String message) {

  private static final String GONE = ". The Job is gone";
  private static final String INSTEAD = "request a retry, change the resource to start a new generation, or raise "
      + "spec.retry.attempts";

  /** State of a Job. */
  public enum Is {
    /** Never launched. */
    MISSING,
    /** Just created, by this event or another one. */
    CREATED, RUNNING, SUCCEEDED,
    /** No longer exists; succeeded at this generation. */
    SUCCEEDED_BEFORE, FAILED,
    /** No longer exists, and its outcome was not seen. */
    GONE, BEING_REMOVED,
    /** An object of another owner has its name. */
    FOREIGN, REFUSED,
    /** Not created: permission missing, or too many requests. */
    NOT_TAKEN, FORBIDDEN
  }

  /** The launch to report, as a list of one or none. */
  public List<Map<String, Object>> launched() {
    return launch == null ? List.of() : List.of(launch.reported());
  }

  /** Whether it exists in Kubernetes. */
  public boolean found() {
    return object != null;
  }

  /** Whether it was never launched for this generation. */
  public boolean missing() {
    return is == Is.MISSING;
  }

  public boolean running() {
    return is == Is.RUNNING;
  }

  public boolean succeeded() {
    return is == Is.SUCCEEDED;
  }

  /** Whether it succeeded, was reported and no longer exists: it is not rerun at this generation. */
  public boolean succeededBefore() {
    return is == Is.SUCCEEDED_BEFORE;
  }

  public boolean failed() {
    return is == Is.FAILED;
  }

  /** Whether it was launched and disappeared before its outcome was seen. */
  public boolean gone() {
    return is == Is.GONE;
  }

  /** Whether it is being deleted. */
  public boolean beingRemoved() {
    return is == Is.BEING_REMOVED;
  }

  /** Whether an object of another owner has its name. */
  public boolean foreign() {
    return is == Is.FOREIGN;
  }

  /** Whether Kubernetes rejected it, or its manifest is not a valid Job. */
  public boolean refused() {
    return is == Is.REFUSED;
  }

  /** Whether it could not be created yet: permission missing, or too many requests. */
  public boolean notTaken() {
    return is == Is.NOT_TAKEN;
  }

  /** Whether the operator's policy forbids it. */
  public boolean forbidden() {
    return is == Is.FORBIDDEN;
  }

  /**
   * The state of an existing Job.
   *
   * @param before its earlier state in this event, or null
   * @param failure explains a failure; called only if it failed
   */
  static JobState found(Job job, Map<String, Object> manifest, Fetched fetched, AdapterDefinition definition,
      JobState before,
      Failure failure) {
    var owner = fetched.owner();
    var name = job.getMetadata().getName();
    boolean removed = job.getMetadata().getDeletionTimestamp() != null;
    int attempt = attempt(job).orElse(1);
    int next = before == null ? reportedAttempt(fetched) : before.next;
    boolean ours = OwnerLabels.owns(owner, manifest);
    var is = ours ? is(Launch.result(manifest), removed) : Is.FOREIGN;
    var metadata = metadata(job);
    attempt(job).ifPresent(own -> metadata.put("attempt", removed ? Math.max(own, next) : own));
    var options = definition.workload();
    int wanted = fetched.own().wantedAttempt(owner.generation());
    int attempts = Math.max(options.attempts(), wanted);
    var retryTime = attempt < wanted ? Instant.EPOCH : failedTime(job).plus(options.retryDelay());
    return new JobState(is, name, job, Map.of("job", manifest), attempt, attempts, retryTime,
        fetched.time().now(),
        is == Is.FAILED ? attempt + 1 : next,
        ours ? launch(fetched, name, attempt, manifest, removed, before) : null, metadata, switch (is) {
          case FOREIGN -> "Failed to create workload: " + UnusableManifestException.taken("Job " + name).getMessage();
          case FAILED -> failure.words(job) + attemptWords(attempt, attempts, retryTime);
          default -> "Job " + name;
        });
  }

  /** Explains why a Job failed. */
  interface Failure {
    String words(Job job);
  }

  private static Is is(String result, boolean removed) {
    return Launch.SUCCEEDED.equals(result)
        ? Is.SUCCEEDED
        : removed
            ? Is.BEING_REMOVED
            : Launch.FAILED.equals(result) ? Is.FAILED : Is.RUNNING;
  }

  /** While it is being replaced by an announced attempt, that attempt is reported as not created yet. */
  private static Launch launch(Fetched fetched, String name, int attempt, Map<String, Object> manifest, boolean removed,
      JobState before) {
    long generation = fetched.owner().generation();
    int wanted = Launch.known(fetched.own(), Launch.nameOf(name), generation).map(Launch::attempt).orElse(1);
    int next = before == null || before.launch == null ? wanted : Math.max(wanted, before.next);
    return removed && next > attempt
        ? new Launch(Launch.nameOf(name), generation, next, Launch.NOT_CREATED, null)
        : new Launch(Launch.nameOf(name), generation, attempt, null, Launch.result(manifest));
  }

  private static String attemptWords(int attempt, int attempts, Instant due) {
    return attempts == 1
        ? ""
        : " Attempt " + attempt + " of " + attempts
            + (attempt < attempts
                ? "; the next one starts with the first event after " + due + "."
                : ", the last one.");
  }

  /** The state of a Job that does not exist, from the adapter's reports. */
  static JobState absent(Fetched fetched, Assessed assessed, AdapterDefinition definition) {
    var owner = fetched.owner();
    var own = fetched.own();
    var name = WorkloadName.of(owner);
    var now = fetched.time().now();
    int wanted = own.wantedAttempt(owner.generation());
    int attempts = Math.max(definition.workload().attempts(), wanted);
    var known = Launch.known(own, Launch.nameOf(name), owner.generation());
    var created = known.filter(Launch::wasCreated);
    boolean failed = created.filter(launch -> Launch.FAILED.equals(launch.result())).isPresent();
    int attempt = created.map(Launch::attempt).orElse(0);
    var due = failed && attempt >= wanted ? since(own).plus(definition.workload().retryDelay()) : now;
    int next = known.map(launch -> launch.wasCreated() ? launch.attempt() + 1 : launch.attempt())
        .orElseGet(() -> reportedAttempt(fetched));
    var then = attempt < attempts
        ? "; attempt " + next + " of " + attempts + " starts with the first event after " + due
        : "; it is not rerun for this generation: " + INSTEAD;
    var message = assessed.available()
        ? "The Job succeeded earlier and no longer exists; it is not rerun for this generation"
        : failed
            ? lastWords(own, name) + GONE + then
            : "Job " + name + " disappeared before its outcome was seen"
                + then;
    var is = assessed.available()
        ? Is.SUCCEEDED_BEFORE
        : created.map(launch -> launch.result() == null
            ? Is.GONE
            : is(launch.result(), false)).orElse(Is.MISSING);
    return new JobState(is, name, null, Map.of(), attempt, attempts, due, now, next, null,
        created.isPresent() ? reference(name, definition, attempt) : null, message);
  }

  /** When its failure was first reported; long ago if unknown. */
  private static Instant since(OwnReport own) {
    return own.condition("Available").get("last_transition_time") instanceof String time
        ? Instant.parse(time)
        : Instant.EPOCH;
  }

  /** Why it failed, as reported while the Job existed. */
  private static String lastWords(OwnReport own, String name) {
    var available = own.condition("Available");
    var message = "JobFailed".equals(available.get("reason")) && available.get("message") instanceof String text
        ? text
        : "";
    int end = message.indexOf(GONE);
    var words = (end < 0 ? message : message.substring(0, end)).replaceFirst("\\.$", "");
    return words.isBlank() ? "Job " + name + " failed" : words;
  }

  /** The next attempt is about to be created. */
  JobState submitted(AdapterDefinition definition) {
    return with(is, launch, reference(name, definition, next), message);
  }

  /** The failed Job is being replaced by its next attempt, which is announced before the Job is deleted. */
  JobState announced(AdapterDefinition definition, long generation) {
    return with(is, new Launch(Launch.nameOf(name), generation, next, null, null), reference(name, definition, next),
        "Job " + name + " is being replaced by attempt " + next);
  }

  /** The new Job was created. */
  JobState created(long generation) {
    return with(Is.CREATED, new Launch(Launch.nameOf(name), generation, next, null, null), metadata,
        "Job " + name + " was created");
  }

  /** A concurrent event has started the attempt. */
  JobState startedElsewhere() {
    return with(Is.CREATED, launch, metadata, message);
  }

  /** Kubernetes rejected the new Job; an announced attempt remains to be created. */
  JobState refused(long generation, String reason) {
    return with(Is.REFUSED, stillToCome(generation), metadata, reason);
  }

  /** The Job could not be created yet: permission missing, or too many requests. */
  JobState notTaken(long generation) {
    return with(Is.NOT_TAKEN, stillToCome(generation), metadata, message);
  }

  private Launch stillToCome(long generation) {
    return launch == null ? null : new Launch(Launch.nameOf(name), generation, next, Launch.NOT_CREATED, null);
  }

  /** The operator's policy forbids the new Job. */
  JobState forbidden(String reason) {
    return with(Is.FORBIDDEN, launch, metadata, reason);
  }

  private JobState with(Is now, Launch reported, Map<String, Object> about, String words) {
    return new JobState(now, name, object, resources, attempt, attempts, retryTime, time, next, reported, about, words);
  }

  /** The reported number of the attempt at this generation, otherwise 1. */
  private static int reportedAttempt(Fetched fetched) {
    return fetched.own().isOf(fetched.owner().generation())
        && fetched.own().metadata().get("attempt") instanceof Number attempt ? attempt.intValue() : 1;
  }

  /** The number of a Job's attempt, from its annotation. */
  private static Optional<Integer> attempt(Job job) {
    var text = OwnerLabels.annotation(job, OwnerLabels.ATTEMPT);
    return text.matches("\\d{1,3}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /** When it failed; long ago if unknown. */
  private static Instant failedTime(Job job) {
    return WorkloadFailures.condition(job)
        .map(JobCondition::getLastTransitionTime).filter(text -> !text.isEmpty())
        .map(text -> OffsetDateTime.parse(text).toInstant())
        .orElse(Instant.EPOCH);
  }

  private static Map<String, Object> reference(String name, AdapterDefinition definition, int attempt) {
    return Map.of("job_name", name, "job_namespace", definition.namespace(), "attempt", attempt);
  }

  private static Map<String, Object> metadata(Job job) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("job_name", job.getMetadata().getName());
    metadata.put("job_namespace", job.getMetadata().getNamespace());
    var status = job.getStatus();
    if (status != null && status.getStartTime() != null) {
      metadata.put("started_time", status.getStartTime());
    }
    if (status != null && status.getCompletionTime() != null) {
      metadata.put("completed_time", status.getCompletionTime());
    }
    return metadata;
  }
}
