package io.hyperfleet.gitops;

import io.hyperfleet.git.CommitResult;
import io.hyperfleet.git.GitException;
import io.hyperfleet.git.Refusal;
import io.hyperfleet.log.FailureMessage;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics and logs of the role gitops. Tags contain no names of objects and no URLs.
 */
public class GitOpsMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(GitOpsMonitor.class);
  private static final String PREFIX = "hyperfleet.gitops.";
  private static final String CONFLICTS = "push.conflicts";
  private static final String BRANCH = "branch";
  private static final Duration[] BUCKETS = {Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
      Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10),
      Duration.ofSeconds(30),
      Duration.ofMinutes(1), Duration.ofMinutes(10)};

  private final MeterRegistry meters;
  private final Clock wall;
  private final Map<BranchKey, Instant> lastPushes = new ConcurrentHashMap<>();

  /**
   * Counts into a registry.
   *
   * @param wall clock for times that others compare with theirs
   */
  public GitOpsMonitor(MeterRegistry meters, Clock wall) {
    this.meters = meters;
    this.wall = wall;
  }

  /** Shows of a branch how many events are not at the remote, and when it last took some. */
  public void watch(BranchKey branch, IntSupplier pending) {
    meters.counter(PREFIX + CONFLICTS, BRANCH, branch.toString());
    Gauge.builder(PREFIX + "pending.writes", pending::getAsInt).tags(BRANCH, branch.toString()).register(meters);
    meters.gauge(PREFIX + "last.successful.push.timestamp.seconds",
        Tags.of(BRANCH, branch.toString()), lastPushes,
        last -> last.containsKey(branch) ? last.get(branch).getEpochSecond() : 0);
  }

  /** Shows how many events wait for their author. */
  public void watchUnattributed(IntSupplier waiting) {
    Gauge.builder(PREFIX + "events.unattributed", waiting::getAsInt).register(meters);
  }

  /** Shows how many events of the reconciler wait for quiet. */
  public void watchDelayed(IntSupplier waiting) {
    Gauge.builder(PREFIX + "events.delayed", waiting::getAsInt).register(meters);
  }

  public void duplicateSkipped() {
    meters.counter(PREFIX + "watch.duplicates.skipped").increment();
  }

  public void unrenderable(ResourceIdentifier id, RuntimeException failure) {
    dropped("unrenderable");
    LOG.warn("Cannot write {} as YAML, skipped: {}", id.key(), FailureMessage.of(failure));
  }

  public void unroutable(GitOpsEvent event) {
    dropped("unroutable");
    LOG.debug("No destination {}", event.destination());
  }

  private void dropped(String reason) {
    meters.counter(PREFIX + "events.dropped", "reason", reason).increment();
  }

  public void routed(GitOpsEvent event) {
    LOG.debug("{} in {}", event.line(), event.destination());
    meters
        .counter(PREFIX + "events", "source", event.operation().isReconciliation() ? "reconcile" : "watch", "operation",
            event.operation().name().toLowerCase(Locale.ROOT))
        .increment();
  }

  public void committed(BranchKey branch, CommitResult result) {
    if (!result.changed().isEmpty()) {
      meters.counter(PREFIX + "commits", BRANCH, branch.toString()).increment();
      meters.counter(PREFIX + "files.changed", BRANCH, branch.toString()).increment(result.changed().size());
    }
    result.refused().forEach(refusal -> {
      dropped("refused");
      LOG.warn("Not written to {}: {}", branch, refusal);
    });
  }

  /** How a push ended: ok, conflict (the remote had moved) or failed. */
  public void push(BranchKey branch, String result, Duration took) {
    timer("push", "result", result).record(took);
    if (result.equals("conflict")) {
      meters.counter(PREFIX + CONFLICTS, BRANCH, branch.toString()).increment();
    }
  }

  public void pushed(BranchKey branch, List<GitOpsEvent> events, Instant now) {
    lastPushes.put(branch, wall.instant());
    var latency = timer("commit.latency", BRANCH, branch.toString());
    events.forEach(event -> latency.record(Duration.between(event.timestamp(), now)));
    LOG.info("Pushed {} changes to {}", events.size(), branch);
  }

  public void failed(BranchKey branch, GitException failure, Duration pause) {
    meters.counter(PREFIX + "git.failures", BRANCH, branch.toString(), "reason", failure.reason().word()).increment();
    LOG.warn("{}: {}; trying again in {} s", failure.reason().word(), FailureMessage.of(failure), pause.toSeconds());
  }

  /** What a comparison found. */
  public void compared(String destination, int toCreate, int toDelete, int existing, List<Refusal> unmanaged) {
    count(destination, "create", toCreate);
    count(destination, "delete", toDelete);
    count(destination, "existing", existing);
    if (!unmanaged.isEmpty()) {
      LOG.info("{} files in {} are not managed by this destination and are left unchanged, such as {}",
          unmanaged.size(),
          destination, unmanaged.get(0));
    }
  }

  /** A comparison is done, and its events have been sent. */
  public void finished(String destination, Duration took) {
    timer("reconcile", "destination", destination).record(took);
  }

  private void count(String destination, String what, int number) {
    meters.summary(PREFIX + "reconcile.diff", "destination", destination, "difference", what).record(number);
  }

  public void deletionsHeld(String destination, String why) {
    LOG.warn("{}: {}", destination, why);
  }

  /** Shows of an informer whether it hears of changes, and how often it had to begin again. */
  public void watch(ResourceType type, String namespace, BooleanSupplier up, LongSupplier restarts) {
    var tags = watchTags(type, namespace);
    Gauge.builder(PREFIX + "watch.up", () -> up.getAsBoolean() ? 1 : 0).tags(tags).register(meters);
    FunctionCounter.builder(PREFIX + "watch.restarts", this, monitor -> restarts.getAsLong()).tags(tags)
        .register(meters);
  }

  /** Nothing of this type is watched there any more. */
  public void unwatch(ResourceType type, String namespace) {
    forget(PREFIX + "watch.up", watchTags(type, namespace));
    forget(PREFIX + "watch.restarts", watchTags(type, namespace));
  }

  private static Tags watchTags(ResourceType type, String namespace) {
    return Tags.of("gvr", type.toString(), "namespace", namespace);
  }

  private void forget(String name, Tags tags) {
    meters.find(name).tags(tags).meters().forEach(meters::remove);
  }

  /** Shows a condition of a destination: 1 for True, 0 for False, -1 for Unknown. */
  public void watch(String destination, String type, IntSupplier status) {
    Gauge.builder(PREFIX + "condition", status::getAsInt).tags("destination", destination, "type", type)
        .register(meters);
  }

  /** There is no such destination any more. */
  public void unwatchDestination(String destination) {
    forget(PREFIX + "condition", Tags.of("destination", destination));
  }

  /** There is no worker of this branch any more. */
  public void unwatch(BranchKey branch) {
    forget(PREFIX + "pending.writes", Tags.of(BRANCH, branch.toString()));
    forget(PREFIX + "last.successful.push.timestamp.seconds", Tags.of(BRANCH, branch.toString()));
  }

  /** What became of a request with a part of Kubernetes' audit log. */
  public void audited(String result) {
    meters.counter(PREFIX + "audit.requests", "result", result).increment();
  }

  public void notLeading(GitOpsEvent event) {
    dropped("not-leading");
    LOG.debug("Not the leader, skipped {}", event.line());
  }

  private Timer timer(String name, String... tags) {
    return Timer.builder(PREFIX + name).tags(tags).serviceLevelObjectives(BUCKETS).register(meters);
  }
}
