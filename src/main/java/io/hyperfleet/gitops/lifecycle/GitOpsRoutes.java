package io.hyperfleet.gitops.lifecycle;

import io.hyperfleet.election.Leadership;
import io.hyperfleet.gitops.Destination;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.write.BranchWorkers;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.TemplateInstances;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Instantiates the routes of each branch and each destination; those of the watches come when Kubernetes serves their types. */
@Component
@ConditionalOnRole(Role.GITOPS)
public class GitOpsRoutes implements TemplateInstances {

  /** All that makes events or writes; the others listen, or are called. */
  private static final Predicate<String> OF_THE_LEADER =
      Pattern.compile("gitops-(changes|release|branch-.*|reconcile-.*)").asMatchPredicate();

  private final Destinations destinations;
  private final Leadership leadership;
  private final GitOpsTerm term;

  GitOpsRoutes(Destinations destinations, @Qualifier(GitOpsConfiguration.LEADERSHIP) Leadership leadership, GitOpsTerm term) {
    this.destinations = destinations;
    this.leadership = leadership;
    this.term = term;
  }

  @Override
  public void addTo(CamelContext context) throws Exception {
    if (leadership.isElected()) {
      term.follow();
      leadership.join(context, OF_THE_LEADER);
      context.addRoutePolicyFactory((camel, routeId, route) -> routeId.equals("gitops-changes") ? term : null);
    }
    destinations.all().stream().map(Destination::branch).distinct().map(BranchWorkers::routeId).forEach(id ->
        TemplatedRouteBuilder.builder(context, "gitops-branch").routeId(id).prefixId(id).parameter("branch", id).add());
    destinations.all().forEach(destination -> {
      var id = "gitops-reconcile-" + destination.name();
      TemplatedRouteBuilder.builder(context, "gitops-reconcile").routeId(id).prefixId(id)
          .parameter("destination", destination.name()).add();
    });
  }
}
