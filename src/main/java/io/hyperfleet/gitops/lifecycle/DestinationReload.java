package io.hyperfleet.gitops.lifecycle;

import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.destination.DestinationsFile;
import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.gitops.watch.LiveChanges;
import io.hyperfleet.gitops.watch.StartupGates;
import io.hyperfleet.gitops.watch.WatchSources;
import io.hyperfleet.gitops.write.BranchWorkers;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Takes over destinations that have changed in their file. A destination that is new or changed begins as at the start,
 * with a comparison; of one that is gone the watches end and its files stay; all others go on. While the file is
 * broken, what was read before stays.
 */
@Component("gitOpsDestinationReload")
@ConditionalOnRole(Role.GITOPS)
@ConditionalOnProperty("hyperfleet.gitops.destinations-file")
public class DestinationReload {

  private static final Logger LOG = LoggerFactory.getLogger(DestinationReload.class);

  private final DestinationsFile file;
  private final GitOpsRoutes routes;
  private final WatchSources sources;
  private final StartupGates gates;
  private final LiveChanges changes;
  private final Reconciliations reconciliations;
  private final BranchWorkers workers;
  private byte[] taken;
  private volatile String problem = "";

  DestinationReload(DestinationsFile file, GitOpsRoutes routes, WatchSources sources, StartupGates gates,
      LiveChanges changes,
      Reconciliations reconciliations, BranchWorkers workers, MeterRegistry meters) {
    this.file = file;
    this.routes = routes;
    this.sources = sources;
    this.gates = gates;
    this.changes = changes;
    this.reconciliations = reconciliations;
    this.workers = workers;
    Gauge.builder("hyperfleet.gitops.destinations.broken", () -> problem.isEmpty() ? 0 : 1).register(meters);
  }

  /** Looks once; what is wrong is said once. */
  public synchronized void check(CamelContext camel) throws Exception {
    byte[] content;
    Destinations destinations;
    try {
      content = file.content();
      if (Arrays.equals(content, taken)) {
        solved();
        return;
      }
      destinations = file.destinations(content);
    } catch (IllegalArgumentException e) {
      if (!e.getMessage().equals(problem)) {
        LOG.error("{}; the destinations stay as they were", e.getMessage());
      }
      problem = e.getMessage();
      return;
    }
    become(camel, destinations);
    taken = content;
    solved();
  }

  private void solved() {
    if (!problem.isEmpty()) {
      LOG.info("The destinations are no longer broken");
    }
    problem = "";
  }

  /** Each step leaves alone what has not changed, so that one that failed can be done again. */
  private void become(CamelContext camel, Destinations destinations) throws Exception {
    routes.keep(camel, destinations);
    workers.become(destinations);
    gates.become(destinations);
    changes.keep(destinations.all().stream().map(Destination::name).collect(Collectors.toSet()));
    reconciliations.become(destinations);
    sources.become(destinations);
    routes.become(camel, destinations);
    LOG.info("Mirrors to {}", destinations.all().stream().map(Destination::name).toList());
  }

  /** What is wrong with the file, with file and line; empty when nothing is. */
  String problem() {
    return problem;
  }
}
