package io.hyperfleet.gitops.reconcile;

import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.manifest.Trailers;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.ClusterState;
import io.hyperfleet.gitops.reconcile.BaseFolderReconciler.RepoState;
import io.hyperfleet.gitops.watch.ClusterObjects;
import io.hyperfleet.gitops.watch.WatchManager;
import io.hyperfleet.gitops.watch.WatchSources;
import io.hyperfleet.gitops.write.BranchWorkers;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** The comparisons of all destinations, as their routes call them. */
public class Reconciliations {

  private final WatchManager watch;
  private final ClusterObjects objects;
  private final WatchSources sources;
  private final Map<String, Reconciliation> all = new LinkedHashMap<>();

  public Reconciliations(Destinations destinations, GitOpsProperties properties, WatchManager watch, ClusterObjects objects,
      BranchWorkers workers, WatchSources sources, Trailers trailers, GitOpsMonitor monitor, Clock clock) {
    this.watch = watch;
    this.objects = objects;
    this.sources = sources;
    destinations.all().forEach(destination -> all.put(destination.name(), new Reconciliation(destination, properties,
        workers.of(destination.name()), new RepoFiles(sources::kind, objects::isIgnored, trailers), monitor, clock)));
  }

  /** Begins a comparison when one is due: sets the variable {@code request}, its number. */
  public void begin(@Variable("destination") String destination, Exchange exchange) {
    var request = all.get(destination).begin(objects.isComplete(destination), sources.restarts(destination));
    if (request != null) {
      exchange.setVariable("request", request);
    }
  }

  /** What the cluster holds of a destination. */
  public ClusterState clusterState(@Variable("destination") String destination, @Variable("request") long request) {
    return watch.state(destination, all.get(destination).scope(), request);
  }

  /** Takes what the cluster holds. */
  public void clusterReceived(@Variable("destination") String destination, @Body ClusterState state) {
    all.get(destination).received(state);
  }

  /** What Git holds of a destination; {@code null} when it cannot be asked, which is noted. */
  public RepoState repoState(@Variable("destination") String destination, @Variable("request") long request) {
    return all.get(destination).repoState(request).orElse(null);
  }

  /** Takes what Git holds, if it could be asked. */
  public void repoReceived(@Variable("destination") String destination, @Body Object state) {
    if (state instanceof RepoState repo) {
      all.get(destination).received(repo);
    }
  }

  /** Sets the variable {@code compared} when both states have come; the body is what the reconciler wants. */
  public List<GitOpsEvent> events(@Variable("destination") String destination, Exchange exchange) {
    var reconciliation = all.get(destination);
    if (reconciliation.isCompared()) {
      exchange.setVariable("compared", true);
    }
    return reconciliation.events();
  }

  /** All that a comparison wants is on its way: what happened in the cluster before the first one goes on. */
  public void finished(@Variable("destination") String destination) {
    all.get(destination).finished();
    watch.opened(destination);
  }

  /** This process writes from now on. */
  public void takeOver() {
    all.values().forEach(Reconciliation::takeOver);
  }

  /** The conditions of all destinations, by their names. */
  public Map<String, List<DestinationCondition>> conditions() {
    var conditions = new LinkedHashMap<String, List<DestinationCondition>>();
    all.keySet().forEach(destination -> conditions.put(destination, conditions(destination)));
    return conditions;
  }

  /** One condition of a destination. */
  public DestinationCondition condition(String destination, String type) {
    return conditions(destination).get(DestinationCondition.TYPES.indexOf(type));
  }

  /** The conditions of a destination. */
  public List<DestinationCondition> conditions(String destination) {
    return DestinationCondition.of(all.get(destination).facts(objects.incomplete(destination)));
  }
}
