package io.hyperfleet.gitops.write;

import io.hyperfleet.election.Leadership;
import io.hyperfleet.git.BranchStore;
import io.hyperfleet.git.RemoteRepository;
import io.hyperfleet.gitops.BranchKey;
import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.GitOpsProperties.Repository;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.log.FailureMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of this process by route id, as called by the routes. */
public class BranchWorkers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BranchWorkers.class);

  private final Leadership leadership;
  private final BiFunction<BranchKey, Repository, BranchWorker> maker;
  private final Map<String, BranchWorker> byRoute = new ConcurrentHashMap<>();
  private final Map<String, BranchWorker> byDestination = new ConcurrentHashMap<>();

  public BranchWorkers(Destinations destinations, Function<Repository, RemoteRepository> remotes,
      GitOpsProperties properties,
      CommitMaker commits, GitOpsMonitor monitor, Leadership leadership, Clock clock) {
    this.leadership = leadership;
    this.maker = (branch, repository) -> {
      var directory = properties.workDirectory().resolve(branch.slug() + "-"
          + Integer.toHexString((Destinations.normalized(repository.url()) + " " + branch.branch()).hashCode())
          + ".git");
      return new BranchWorker(branch, new BranchStore(directory, remotes.apply(repository), branch.branch()),
          properties,
          commits, monitor, clock);
    };
    become(destinations);
  }

  /**
   * Applies a changed list of destinations. A branch without destinations gets its pending changes, if the remote
   * accepts them now; its route must have been removed.
   */
  public final synchronized void become(Destinations next) {
    var before = new HashMap<>(byRoute);
    next.all().forEach(destination -> {
      var branch = destination.branch();
      byDestination.put(destination.name(),
          byRoute.computeIfAbsent(routeId(branch), id -> maker.apply(branch, next.repository(branch))));
    });
    byDestination.keySet().retainAll(next.all().stream().map(Destination::name).toList());
    before.keySet().removeAll(next.all().stream().map(destination -> routeId(destination.branch())).toList());
    before.forEach((route, worker) -> {
      if (leadership.isHeld()) {
        worker.flush();
      }
      close(route, worker);
      byRoute.remove(route);
    });
  }

  /** The id of a branch's route. */
  public static String routeId(BranchKey branch) {
    return "gitops-branch-" + branch.slug() + "-" + Integer.toHexString(branch.hashCode());
  }

  /** The worker of a destination; {@code null} if the destination was removed. */
  public BranchWorker of(String destination) {
    return byDestination.get(destination);
  }

  /** Closes the windows of a branch that have been quiet for long enough. */
  public void closeWindows(@Variable("branch") String branch) {
    byRoute.get(branch).closeWindows();
  }

  /** Commits the events of closed windows. */
  public void commit(@Variable("branch") String branch) {
    byRoute.get(branch).commit();
  }

  /** Pushes commits, not too often. */
  public void push(@Variable("branch") String branch) {
    byRoute.get(branch).push();
  }

  /** Another process writes now. */
  public void forget() {
    byRoute.values().forEach(BranchWorker::forget);
  }

  /** Commits and pushes pending changes at once, unless another process writes. */
  public void flush() {
    if (leadership.isHeld()) {
      byRoute.values().forEach(BranchWorker::flush);
    }
  }

  /** Writes pending changes and closes the clones; called when the routes have stopped. */
  @Override
  public void close() {
    flush();
    byRoute.forEach(BranchWorkers::close);
  }

  private static void close(String route, BranchWorker worker) {
    try {
      worker.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot stop {}: {}", route, FailureMessage.of(e));
    }
  }
}
