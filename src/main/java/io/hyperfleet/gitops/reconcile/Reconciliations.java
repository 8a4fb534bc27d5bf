package io.hyperfleet.gitops.reconcile;

import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.manifest.Trailers;
import io.hyperfleet.gitops.watch.ClusterObjects;
import io.hyperfleet.gitops.watch.StartupGates;
import io.hyperfleet.gitops.watch.WatchSources;
import io.hyperfleet.gitops.write.BranchWorkers;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Variable;

/** The comparisons of all destinations, as their routes call them. */
public class Reconciliations {

  private final StartupGates gates;
  private final ClusterObjects objects;
  private final WatchSources sources;
  private final GitOpsMonitor monitor;
  private final Function<Destination, Reconciliation> maker;
  private final Map<String, Reconciliation> all = Collections.synchronizedMap(new LinkedHashMap<>());

  public Reconciliations(Destinations destinations, GitOpsProperties properties, StartupGates gates,
      ClusterObjects objects,
      BranchWorkers workers, WatchSources sources, Trailers trailers, GitOpsMonitor monitor, Clock clock) {
    this.gates = gates;
    this.objects = objects;
    this.sources = sources;
    this.monitor = monitor;
    this.maker = destination -> new Reconciliation(destination, properties, workers.of(destination.name()),
        new RepoFiles(sources::kind, objects::isIgnored, trailers), monitor, clock);
    become(destinations);
  }

  /** Applies a changed list of destinations: new and changed ones are compared at once, others when due. */
  public final void become(Destinations next) {
    next.all().forEach(destination -> {
      var before = all.get(destination.name());
      if (before == null || !before.destination().equals(destination)) {
        all.put(destination.name(), maker.apply(destination));
      }
      if (before == null) {
        DestinationCondition.TYPES.forEach(
            type -> monitor.watch(destination.name(), type, () -> condition(destination.name(), type).value()));
      }
    });
    Set.copyOf(all.keySet()).stream()
        .filter(name -> next.all().stream().noneMatch(destination -> destination.name().equals(name)))
        .forEach(name -> {
          monitor.unwatchDestination(name);
          all.remove(name);
        });
  }

  /** Begins a comparison if one is due; returns its number, or {@code null}. */
  public Long begin(@Variable("destination") String destination) {
    return all.get(destination).begin(objects.isComplete(destination), sources.restarts(destination));
  }

  /** Lists the objects of a destination in the cluster. */
  public void listCluster(@Variable("destination") String destination, @Variable("request") long request) {
    var snapshot = objects.snapshot(destination);
    gates.compared(destination, snapshot.resources());
    all.get(destination).received(request, snapshot);
  }

  /** Reads the files of a destination in Git; a failure to reach Git is recorded. */
  public void readFolder(@Variable("destination") String destination, @Variable("request") long request) {
    all.get(destination).readFolder(request);
  }

  /** The events that make Git match the cluster; {@code null} unless both could be read. */
  public List<GitOpsEvent> differences(@Variable("destination") String destination) {
    return all.get(destination).events().orElse(null);
  }

  /** The same without deletions if there are so many that they need confirmation. */
  public List<GitOpsEvent> withoutHeldDeletions(@Variable("destination") String destination,
      @Variable("differences") List<GitOpsEvent> differences) {
    return all.get(destination).withoutHeldDeletions(differences);
  }

  /** All events of a comparison have been sent. */
  public void finish(@Variable("destination") String destination) {
    all.get(destination).finished();
  }

  /** This process is the writer now. */
  public void takeOver() {
    List.copyOf(all.values()).forEach(Reconciliation::takeOver);
  }

  /** The conditions of all destinations, by their names. */
  public Map<String, List<DestinationCondition>> conditions() {
    var conditions = new LinkedHashMap<String, List<DestinationCondition>>();
    List.copyOf(all.values()).forEach(one -> conditions.put(one.destination().name(), conditions(one)));
    return conditions;
  }

  /** One condition of a destination. */
  public DestinationCondition condition(String destination, String type) {
    return conditions(all.get(destination)).get(DestinationCondition.TYPES.indexOf(type));
  }

  private List<DestinationCondition> conditions(Reconciliation one) {
    return DestinationCondition.of(one.facts(objects.incomplete(one.destination().name())));
  }
}
