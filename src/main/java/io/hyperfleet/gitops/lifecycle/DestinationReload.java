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
 * Reloads changed destinations from their file. A new or changed destination starts with a comparison; for a removed
 * one the watches end and its files remain; others continue. While the file is invalid, the previous destinations
 * remain.
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

  /** Checks once; a problem is logged once. */
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
        LOG.error("{}; keeping the previous destinations", e.getMessage());
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
      LOG.info("The destinations file is valid again");
    }
    problem = "";
  }

  /** Each step skips what has not changed, so that a failed one can be repeated. */
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

  /** The problem of the file, with file and line; empty if it is valid. */
  String problem() {
    return problem;
  }
}
