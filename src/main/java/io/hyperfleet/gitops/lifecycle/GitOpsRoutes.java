package io.hyperfleet.gitops.lifecycle;

import io.hyperfleet.election.Leadership;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.write.BranchWorkers;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.TemplateInstances;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Instantiates the routes of each branch and each destination; those of the watches come when Kubernetes serves their
 * types.
 */
@Component
@ConditionalOnRole(Role.GITOPS)
public class GitOpsRoutes implements TemplateInstances {

  /** The routes that create events or write; the others watch, or are called. */
  private static final Predicate<String> OF_THE_LEADER = Pattern
      .compile("gitops-(changes|release|branch-.*|reconcile-.*)").asMatchPredicate();

  private static final String BRANCH = "gitops-branch";
  private static final String RECONCILE = "gitops-reconcile";

  private final Destinations destinations;
  private final GitOpsProperties properties;
  private final Leadership leadership;
  private final LeaderRoutePolicy leader;

  GitOpsRoutes(Destinations destinations, GitOpsProperties properties,
      @Qualifier(GitOpsConfiguration.LEADERSHIP) Leadership leadership,
      LeaderRoutePolicy leader) {
    this.destinations = destinations;
    this.properties = properties;
    this.leadership = leadership;
    this.leader = leader;
  }

  @Override
  public void addTo(CamelContext context) throws Exception {
    if (leadership.isElected()) {
      leader.follow();
      leadership.join(context, OF_THE_LEADER);
      context.addRoutePolicyFactory((camel, routeId, route) -> routeId.equals("gitops-changes") ? leader : null);
    }
    if (properties.audit().enabled()) {
      add(context, "gitops-audit", "gitops-audit", Map.of());
    }
    if (properties.destinationsFile() != null) {
      add(context, "gitops-destinations", "gitops-destinations", Map.of());
    }
    become(context, destinations);
  }

  /** Adds the routes of branches and destinations that have none yet. */
  void become(CamelContext context, Destinations wanted) {
    wanted.all().forEach(destination -> {
      add(context, BRANCH, BranchWorkers.routeId(destination.branch()),
          Map.of("branch", BranchWorkers.routeId(destination.branch())));
      add(context, RECONCILE, RECONCILE + "-" + destination.name(), Map.of("destination", destination.name()));
    });
  }

  /** Ends the routes of removed branches and destinations, after their work in progress. */
  void keep(CamelContext context, Destinations wanted) throws Exception {
    var kept = wanted.all().stream().flatMap(destination -> Stream.of(BranchWorkers.routeId(destination.branch()),
        RECONCILE + "-" + destination.name())).collect(Collectors.toSet());
    for (Route route : List.copyOf(context.getRoutes())) {
      var id = route.getRouteId();
      if ((id.startsWith(BRANCH + "-") || id.startsWith(RECONCILE + "-")) && !kept.contains(id)) {
        context.getRouteController().stopRoute(id);
        context.removeRoute(id);
      }
    }
  }

  private static void add(CamelContext context, String template, String id, Map<String, Object> parameters) {
    if (((ModelCamelContext) context).getRouteDefinition(id) == null) {
      TemplatedRouteBuilder.builder(context, template).routeId(id).prefixId(id + ".").parameters(parameters).add();
    }
  }
}
