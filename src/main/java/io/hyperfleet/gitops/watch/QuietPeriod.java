package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.Operation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;

/**
 * Lets events of the reconciler through; one that would undo what has just happened is kept until the object is quiet.
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

  /** Whether an event may go on now; else it is kept. */
  public boolean admits(@Body GitOpsEvent event) {
    return filter.admit(event, clock.instant()).isPresent();
  }

  /** What has been kept for long enough and is still true. */
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
