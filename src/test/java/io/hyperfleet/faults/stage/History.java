package io.hyperfleet.faults.stage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that happened in a system while faults did: what {@link HistoryChecker} judges. Filled by {@link Stage}.
 */
public final class History {

  /** A generation of a resource. */
  record Generation(String resource, int number) {}

  /** An event, as it stands in the outbox or as it was delivered. */
  public record Event(String id, String resource, int generation) {

    Generation about() {
      return new Generation(resource, generation);
    }
  }

  /** A Job that Kubernetes has created, and which run of its generation it is. */
  public record JobMade(String adapter, String resource, String generation, String run, String uid) {}

  /** A report as it was stored. */
  record StoredReport(String resource, String adapter, int generation, Instant time) {}

  /** A transaction that left a resource Ready: the adapters that were available at that generation. */
  record ReadyMoment(String resource, int generation, Set<String> available) {}

  /** A state of a rollout, as it was committed. */
  record RolloutState(String adapter, String digest, String state, int wave, int waves) {}

  /**
   * By which revision an adapter has acted on a resource.
   *
   * @param known whether a process has announced it, as far as the API says what is followed
   */
  record FollowedState(String resource, String adapter, String digest, boolean known) {}

  /** Something that is used and given back, before the faults and after them. */
  public record Usage(String what, double before, double after, double allowance) {}

  /** Generations that were committed. */
  final Set<Generation> committed = new LinkedHashSet<>();
  /** Rows of the outbox, each committed with its cause. */
  final List<Event> outbox = new ArrayList<>();
  /** What a subscriber of the topic has received, repetitions included. */
  final List<Event> delivered = new ArrayList<>();
  final List<JobMade> jobs = new ArrayList<>();
  /** In the order of their commits. */
  final List<StoredReport> reports = new ArrayList<>();
  final List<ReadyMoment> ready = new ArrayList<>();
  /** In the order of their commits. */
  final List<RolloutState> rollouts = new ArrayList<>();
  final List<FollowedState> followed = new ArrayList<>();
  /** The adapters that a Ready cluster needs. */
  public final Set<String> required = new LinkedHashSet<>();
  /** What had not converged a minute after the faults, and in which phase it was. */
  public final Map<String, String> unconverged = new LinkedHashMap<>();
  /** Texts that others can read (logs, events, statuses), by what they are. */
  final Map<String, String> outputs = new LinkedHashMap<>();
  /** Texts that none of them may hold. */
  final Set<String> secrets = new LinkedHashSet<>();
  public final List<Usage> usages = new ArrayList<>();
}
