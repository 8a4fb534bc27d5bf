package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.Operation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;

/**
 * Holds back events of the reconciler that would undo a recent change, until the object is quiet.
 */
public class QuietPeriod {

  private final TimeFilter filter;
  private final ClusterObjects objects;
  private final Clock clock;

  public QuietPeriod(Duration quiet, ClusterObjects objects, GitOpsMonitor monitor, Clock clock) {
    this.filter = new TimeFilter(quiet);
    this.objects = objects;
    this.clock = clock;
    monitor.watchDelayed(filter::waiting);
  }

  /** Notes a change in the cluster. */
  void changed(GitOpsEvent event) {
    filter.changed(event, clock.instant());
  }

  /** Whether an event may pass now; otherwise it is held. */
  public boolean admits(@Body GitOpsEvent event) {
    return filter.admit(event, clock.instant()).isPresent();
  }

  /** Releases held events that still apply. */
  public List<GitOpsEvent> released() {
    return filter.due(clock.instant()).stream()
        .filter(event -> event.operation() == Operation.CREATE
            ? objects.exists(event.destination(), event.identifier())
            : objects.isGone(event.destination(), event.identifier()))
        .toList();
  }

  void clear() {
    filter.clear();
  }
}
