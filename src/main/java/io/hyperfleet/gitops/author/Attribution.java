package io.hyperfleet.gitops.author;

import io.hyperfleet.gitops.Actor;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.manifest.Sanitizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;

/**
 * Determines who changed an object: from the audit log if there is one, otherwise from its field managers; deletions
 * only from the audit log. With an audit log, events wait briefly for it, in order.
 */
public class Attribution {

  private record Waiting(GitOpsEvent event, String uid, String resourceVersion, boolean gone, Instant latest) {}

  private final AuditFacts facts;
  private final Duration grace;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  /** Paths of the files of those events, and how many events each has. */
  private final Map<String, Integer> paths = new HashMap<>();

  /**
   * Uses the audit log.
   *
   * @param grace how long the audit log may be late; zero without an audit log
   */
  public Attribution(AuditFacts facts, Duration grace, GitOpsMonitor monitor) {
    this.facts = facts;
    this.grace = grace;
    monitor.watchUnattributed(this::waiting);
  }

  /** Accepts an event of an object; {@link #known} returns it later. */
  public synchronized void add(GitOpsEvent event, Map<String, Object> object, boolean gone, Instant now) {
    var metadata = Sanitizer.map(object.get("metadata"));
    paths.merge(path(event), 1, Integer::sum);
    queue.add(
        new Waiting(event, String.valueOf(metadata.get("uid")), String.valueOf(metadata.get("resourceVersion")), gone,
            now.plus(grace)));
  }

  /**
   * The events with a known author, and those that have waited long enough; none before an earlier one. Until
   * {@link #handedOver}, each is still awaited.
   */
  public synchronized List<GitOpsEvent> known(Instant now) {
    var known = new ArrayList<GitOpsEvent>();
    for (var next = queue.peek(); next != null; next = queue.peek()) {
      var actor = ask(next);
      if (actor.isEmpty() && now.isBefore(next.latest())) {
        break;
      }
      known.add(actor.map(next.event()::by).orElse(next.event()));
      queue.remove();
    }
    return known;
  }

  /** A worker has the event, or none will get it: it is no longer awaited. Events of comparisons never are. */
  public synchronized void handedOver(@Body GitOpsEvent event) {
    if (event.operation().isReconciliation()) {
      return;
    }
    paths.computeIfPresent(path(event), (path, events) -> events == 1 ? null : events - 1);
  }

  /** Whether a change of the same file waits for its author, so that nothing else may write the file first. */
  public synchronized boolean isAwaited(GitOpsEvent event) {
    return paths.containsKey(path(event));
  }

  /** Another process writes now. */
  public synchronized void clear() {
    queue.clear();
    paths.clear();
  }

  private static String path(GitOpsEvent event) {
    return event.destination() + " " + event.path();
  }

  /** Events that wait for their author. */
  synchronized int waiting() {
    return queue.size();
  }

  private Optional<Actor> ask(Waiting waiting) {
    return waiting.gone()
        ? facts.ofDeletion(waiting.uid(), waiting.event().identifier())
        : facts.ofChange(waiting.uid(), waiting.resourceVersion());
  }

  /**
   * The author of the last change, status changes aside, from the object's field managers: their times are whole
   * seconds, so a new entry counts more.
   */
  public static Actor byFieldManager(Map<String, Object> before, Map<String, Object> object) {
    var known = managers(before);
    return managers(object).stream()
        .max(Comparator.comparing((Map<String, Object> entry) -> !known.contains(entry))
            .thenComparing(entry -> String.valueOf(entry.get("time"))))
        .map(entry -> Actor.manager(String.valueOf(entry.get("manager")))).orElse(Actor.UNKNOWN);
  }

  private static List<Map<String, Object>> managers(Map<String, Object> object) {
    return Sanitizer.map(object.get("metadata")).get("managedFields") instanceof List<?> entries
        ? entries.stream().map(Sanitizer::map)
            .filter(entry -> !"status".equals(entry.get("subresource")) && entry.get("manager") != null).toList()
        : List.of();
  }
}
