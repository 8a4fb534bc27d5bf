package io.hyperfleet.faults.stage;

import io.hyperfleet.faults.stage.History.Event;
import io.hyperfleet.faults.stage.History.Generation;
import io.hyperfleet.faults.stage.History.RolloutState;
import io.hyperfleet.faults.stage.History.StoredReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says which of the invariants a history breaks:
 *
 * <ul>
 * <li>I1 every committed generation, and every row of the outbox, is delivered at least once
 * <li>I2 nothing is delivered that was not committed
 * <li>I3 there is at most one Job an adapter, resource, generation and attempt
 * <li>I4 an adapter's stored generation never goes back, nor its report time within a generation
 * <li>I5 what is Ready has all required adapters available at its current generation
 * <li>I6 everything converges within a minute after the last fault
 * <li>I7 no secret is in anything that others can read
 * <li>I8 threads, connections and memory return to what they were
 * <li>I9 no resource follows a revision that nobody has, no wave of a rollout is left out, and none moves twice</ul>
 */
final class HistoryChecker {

  /** Bearer tokens, JSON Web Tokens and private keys, whoever they belong to. */
  private static final Pattern SECRETS = Pattern.compile(
      "(?i)bearer [a-z0-9._-]{8,}|eyJ[A-Za-z0-9_-]{10,}\\.eyJ|-----BEGIN [A-Z ]*PRIVATE KEY");

  private final List<String> violations = new ArrayList<>();

  private HistoryChecker() {}

  /** The violations, each beginning with the name of its invariant; empty when all hold. */
  static List<String> violations(History history) {
    var checker = new HistoryChecker();
    checker.everythingIsDelivered(history);
    checker.nothingElseIsDelivered(history);
    checker.jobsAreUnique(history);
    checker.reportsGoForward(history);
    checker.readyIsReady(history);
    history.unconverged.forEach(
        (resource, phase) -> checker.broken("I6", "%s is still %s a minute after the last fault", resource, phase));
    checker.outputsAreClean(history);
    history.usages.stream().filter(usage -> usage.after() > usage.before() + usage.allowance())
        .forEach(usage -> checker.broken("I8", "%s went from %.0f to %.0f, %.0f more are allowed", usage.what(),
            usage.before(),
            usage.after(), usage.allowance()));
    checker.wavesComeOneByOne(history);
    history.followed.stream().filter(followed -> !followed.known()).forEach(followed -> checker.broken("I9",
        "%s follows the revision %s of %s, which nobody has announced", followed.resource(), followed.digest(),
        followed.adapter()));
    return checker.violations;
  }

  private void everythingIsDelivered(History history) {
    Set<String> ids = history.delivered.stream().map(Event::id).collect(Collectors.toSet());
    Set<Generation> generations = history.delivered.stream().map(Event::about).collect(Collectors.toSet());
    history.outbox.stream().filter(row -> !ids.contains(row.id()))
        .forEach(row -> broken("I1", "event %s of %s was committed and never delivered", row.id(), row.about()));
    history.committed.stream().filter(generation -> !generations.contains(generation))
        .forEach(generation -> broken("I1", "no event was delivered for %s", generation));
  }

  private void nothingElseIsDelivered(History history) {
    Set<Event> committed = Set.copyOf(history.outbox);
    history.delivered.stream().distinct().filter(event -> !committed.contains(event)).forEach(
        event -> broken("I2", "event %s of %s was delivered and is not in the outbox", event.id(), event.about()));
  }

  private void jobsAreUnique(History history) {
    Map<String, Set<String>> uids = new LinkedHashMap<>();
    for (var job : history.jobs) {
      var purpose = job.adapter() + " for generation " + job.generation() + " of " + job.resource() + job.run();
      uids.computeIfAbsent(purpose, key -> new TreeSet<>()).add(job.uid());
    }
    uids.forEach((purpose, jobs) -> {
      if (jobs.size() > 1) {
        broken("I3", "%d Jobs were created by %s", jobs.size(), purpose);
      }
    });
  }

  private void reportsGoForward(History history) {
    Map<List<String>, StoredReport> last = new HashMap<>();
    for (var report : history.reports) {
      var before = last.put(List.of(report.resource(), report.adapter()), report);
      if (before != null && report.generation() < before.generation()) {
        broken("I4", "the report of %s about %s went from generation %d back to %d", report.adapter(),
            report.resource(), before.generation(), report.generation());
      } else if (before != null && report.generation() == before.generation()
          && report.time().isBefore(before.time())) {
        broken("I4", "the report of %s about %s went back from %s to %s", report.adapter(), report.resource(),
            before.time(), report.time());
      }
    }
  }

  private void readyIsReady(History history) {
    for (var moment : history.ready) {
      var missing = new TreeSet<>(history.required);
      missing.removeAll(moment.available());
      if (!missing.isEmpty()) {
        broken("I5", "%s was Ready at generation %d without %s", moment.resource(), moment.generation(), missing);
      }
    }
  }

  /**
   * From one state to the next the wave stays or grows by one, and the last one comes before the end; wave 0 begins
   * anew.
   */
  private void wavesComeOneByOne(History history) {
    Map<String, RolloutState> last = new HashMap<>();
    for (var now : history.rollouts) {
      var before = last.put(now.adapter(), now);
      if (now.wave() == 0) {
        continue;
      }
      if (before == null || !before.digest().equals(now.digest()) || now.wave() > before.wave() + 1) {
        broken("I9", "the rollout of %s went to wave %d of %s without the one before", now.adapter(), now.wave(),
            now.digest());
      } else if (now.wave() < before.wave()) {
        broken("I9", "the rollout of %s went from wave %d of %s back to %d", now.adapter(), before.wave(),
            now.digest(), now.wave());
      } else if (now.wave() > before.wave() && !before.state().equals("rolling")) {
        broken("I9", "the rollout of %s went to wave %d of %s while it was %s", now.adapter(), now.wave(),
            now.digest(), before.state());
      }
      if (now.state().equals("done") && now.wave() > 0 && now.wave() < now.waves()) {
        broken("I9", "the rollout of %s ended after wave %d of %d", now.adapter(), now.wave(), now.waves());
      }
    }
  }

  private void outputsAreClean(History history) {
    history.outputs.forEach((name, text) -> {
      history.secrets.stream().filter(text::contains).forEach(secret -> broken("I7", "%s holds the secret '%s...'",
          name, secret.substring(0, Math.min(6, secret.length()))));
      var match = SECRETS.matcher(text);
      if (match.find()) {
        broken("I7", "%s holds what looks like a secret, at character %d", name, match.start());
      }
    });
  }

  private void broken(String invariant, String text, Object... values) {
    violations.add(invariant + ": " + String.format(java.util.Locale.ROOT, text, values));
  }
}
