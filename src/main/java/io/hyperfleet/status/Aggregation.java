package io.hyperfleet.status;

import io.hyperfleet.kind.AdapterConditions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Computes a resource's conditions and phase from its adapters' last reports. A pure function without a clock: the same
 * evidence gives the same status. Conditions and phase are computed together, so they cannot contradict.
 */
public final class Aggregation {

  public static final String RECONCILED = "Reconciled";
  public static final String LAST_KNOWN_RECONCILED = "LastKnownReconciled";
  /** An alias of Reconciled. */
  public static final String VALIDATED = "Validated";
  /** Present while the resource is paused. */
  public static final String PAUSED = "Paused";

  private Aggregation() {}

  /** The status for the evidence. */
  public static ResourceStatus aggregate(Evidence evidence) {
    if (evidence.required().isEmpty()) {
      return withoutAdapters(evidence);
    }
    var reconciled = reconciled(evidence);
    var conditions = new ArrayList<Condition>();
    conditions.add(reconciled);
    conditions.add(LastKnownReconciled.of(evidence));
    conditions.add(reconciled.as(VALIDATED));
    addPaused(conditions, evidence);
    evidence.required().forEach(adapter -> {
      if (evidence.word(adapter) != null) {
        conditions.add(ofAdapter(adapter, evidence));
      }
    });
    var phase = reconciled.holds() && !evidence.deleting() ? Phase.READY : Phase.NOT_READY;
    return new ResourceStatus(phase, observedGeneration(evidence), transition(evidence, phase,
        reconciled.lastTransitionTime()), reconciled.lastUpdatedTime(), List.copyOf(conditions));
  }

  /** A status with further conditions behind its own; they are as old as the latest report. */
  public static ResourceStatus withMapped(ResourceStatus status, Evidence evidence, List<MappedCondition> mapped) {
    if (mapped.isEmpty()) {
      return status;
    }
    var updated = evidence.reports().values().stream().map(AdapterStatus::lastReportTime)
        .max(Instant::compareTo).orElse(evidence.reference());
    var conditions = new ArrayList<>(status.conditions());
    mapped.forEach(condition -> conditions.add(condition.at(
        evidence.generation(), updated, evidence.reference(), evidence.previous(condition.type()))));
    return new ResourceStatus(status.phase(), status.observedGeneration(), status.lastTransitionTime(),
        status.lastUpdatedTime(), List.copyOf(conditions));
  }

  /** The type of an adapter's condition: dns-zone becomes DnsZoneSuccessful. */
  public static String conditionOf(String adapter) {
    return AdapterConditions.typeOf(adapter);
  }

  private static ResourceStatus withoutAdapters(Evidence evidence) {
    var phase = evidence.deleting() ? Phase.NOT_READY : Phase.READY;
    var conditions = new ArrayList<Condition>();
    addPaused(conditions, evidence);
    return new ResourceStatus(phase, evidence.generation(), transition(evidence, phase, evidence.reference()),
        evidence.reference(), List.copyOf(conditions));
  }

  private static void addPaused(List<Condition> conditions, Evidence evidence) {
    var circumstances = evidence.circumstances();
    if (circumstances.paused()) {
      var time = circumstances.pausedTime();
      conditions.add(new Condition(PAUSED, Condition.TRUE, "PausedByUser", "Paused by " + circumstances.pausedBy()
          + " since " + time + ": no events, and no actions of adapters, until it is resumed", evidence.generation(),
          time,
          time, time));
    }
  }

  private static int observedGeneration(Evidence evidence) {
    return evidence.required().stream()
        .map(evidence.reports()::get)
        .mapToInt(report -> report == null ? 0 : report.observedGeneration())
        .min().orElse(evidence.generation());
  }

  private static Instant transition(Evidence evidence, Phase phase, Instant changed) {
    var previous = evidence.previous();
    return previous != null && previous.phase() == phase ? previous.lastTransitionTime() : changed;
  }

  private static Condition reconciled(Evidence evidence) {
    var missing = evidence.required().stream().filter(adapter -> !evidence.done(adapter)).sorted().toList();
    var waiting = evidence.deleting() && evidence.children();
    var status = missing.isEmpty() && !waiting ? Condition.TRUE : Condition.FALSE;
    var previous = evidence.previous(RECONCILED);
    var updated = evidence.words().stream()
        .filter(word -> word.observedGeneration() == evidence.generation())
        .map(LastDefinitive::observedTime)
        .min(Instant::compareTo).orElse(evidence.reference());
    return new Condition(RECONCILED, status, reason(missing, waiting),
        Explanation.of(evidence, missing.isEmpty(), waiting),
        evidence.generation(), previous == null ? evidence.reference() : previous.createdTime(), updated,
        reconciledSince(evidence, previous, status, updated));
  }

  private static Instant reconciledSince(Evidence evidence, Condition previous, String status, Instant updated) {
    if (previous == null) {
      return updated;
    }
    if (previous.status().equals(status)) {
      return previous.lastTransitionTime();
    }
    return previous.holds() && evidence.generation() > previous.observedGeneration() ? evidence.reference() : updated;
  }

  private static String reason(List<String> missing, boolean waiting) {
    if (!missing.isEmpty()) {
      return "ReconciledMissingAdapters";
    }
    return waiting ? "ReconciledWaitingForChildren" : "ReconciledAll";
  }

  private static Condition ofAdapter(String adapter, Evidence evidence) {
    var type = conditionOf(adapter);
    var word = evidence.word(adapter);
    var previous = evidence.previous(type);
    var kept = previous != null && Objects.equals(previous.status(), word.status());
    return new Condition(type, word.status(), word.reason(), word.message(), word.observedGeneration(),
        previous == null ? evidence.reference() : previous.createdTime(), word.observedTime(),
        kept ? previous.lastTransitionTime() : word.observedTime());
  }
}
