package io.hyperfleet.status;

import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Decides whether a report is accepted. Within a generation only a later observation replaces an earlier one; an
 * observation of a newer generation always does. Unknown is stored like any other status, but does not change the last
 * definitive report; nor does a report of an adapter that was available at this generation and skipped its resources.
 */
public final class ReportIntake {

  private static final Duration MAX_FUTURE = Duration.ofMinutes(5);
  private static final Duration MAX_PAST = Duration.ofMinutes(30);
  private static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");
  private static final List<String> MANDATORY = List.of(ReportedCondition.AVAILABLE, ReportedCondition.APPLIED,
      ReportedCondition.HEALTH);

  private ReportIntake() {}

  /** The outcome for a report. */
  public sealed interface Decision {}

  /** The report contains nothing new and is dropped; {@code reason} is returned to the adapter. */
  public record Discarded(String reason) implements Decision {}

  /** The same observation was stored before. */
  public record Unchanged(AdapterStatus stored) implements Decision {}

  /** The report is accepted, in this form. */
  public record Accepted(AdapterStatus status) implements Decision {}

  /**
   * Decides about one report.
   *
   * @param generation the resource's current generation
   * @param stored the last report of this adapter, or null
   * @param now the database's time
   * @throws Problem {@code VALIDATION} when the observed time is out of bounds (5 minutes ahead, 30 minutes back) or a
   * mandatory condition is missing; the latter only for reports that are not discarded
   */
  public static Decision decide(Report report, int generation, AdapterStatus stored, Instant now) {
    var time = report.observedTime() == null ? now : report.observedTime();
    checkTime(time, now);
    int observed = report.observedGeneration() == null ? generation : report.observedGeneration();
    if (observed > generation) {
      return new Discarded("future-generation");
    }
    if (stored != null && observed < stored.observedGeneration()) {
      return new Discarded("stale-generation");
    }
    var sameGeneration = stored != null && observed == stored.observedGeneration();
    if (sameGeneration && time.isBefore(stored.lastReportTime())) {
      return new Discarded("stale-observed-time");
    }
    checkMandatory(report);
    if (sameGeneration && time.equals(stored.lastReportTime())) {
      return new Unchanged(stored);
    }
    return new Accepted(merge(report, observed, time, stored, now));
  }

  private static void checkTime(Instant time, Instant now) {
    String rule = null;
    if (time.equals(ZERO)) {
      rule = "must not be the zero time";
    } else if (time.isAfter(now.plus(MAX_FUTURE))) {
      rule = "must not be more than 5m0s in the future";
    } else if (time.isBefore(now.minus(MAX_PAST))) {
      rule = "must not be more than 30m0s in the past";
    }
    if (rule != null) {
      throw Problem.invalid(new FieldError("observed_time", "observed_time " + rule, time.toString(),
          time.isAfter(now) ? "max" : "min"));
    }
  }

  private static void checkMandatory(Report report) {
    var missing = MANDATORY.stream()
        .filter(type -> report.conditions().stream().noneMatch(c -> c.type().equals(type)))
        .map(type -> new FieldError("conditions", "missing mandatory condition '" + type + "'", null, "required"))
        .toList();
    if (!missing.isEmpty()) {
      throw Problem.invalid(missing);
    }
  }

  private static AdapterStatus merge(Report report, int generation, Instant time, AdapterStatus stored,
      Instant now) {
    var conditions = report.conditions().stream().map(c -> c.since(transition(c, time, stored))).toList();
    return new AdapterStatus(report.adapter(), generation, conditions, report.data(), report.metadata(),
        LaunchHistory.merge(report.launched(), generation, stored == null ? null : stored.launched()),
        stored == null ? time : stored.createdTime(), time, now, stored == null ? null : stored.retry(),
        report.adapterRevision(),
        definitive(report, generation, time, stored));
  }

  private static Instant transition(ReportedCondition condition, Instant time, AdapterStatus stored) {
    if (stored == null) {
      return time;
    }
    return stored.conditions().stream()
        .filter(old -> old.type().equals(condition.type()) && old.status().equals(condition.status()))
        .map(ReportedCondition::lastTransitionTime)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(time);
  }

  private static LastDefinitive definitive(Report report, int generation, Instant time, AdapterStatus stored) {
    var available = report.conditions().stream()
        .filter(c -> c.type().equals(ReportedCondition.AVAILABLE)).findFirst().orElseThrow();
    boolean skipped = stored != null && stored.availableAt(generation) && report.skipped();
    if (skipped || available.status().equals(ReportedCondition.UNKNOWN)) {
      return stored == null ? null : stored.lastDefinitive();
    }
    return new LastDefinitive(
        available.status(), available.reason(), available.message(), generation, time, report.data());
  }
}
