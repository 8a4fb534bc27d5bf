package io.hyperfleet.gitops;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.TemplateInstances;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.stereotype.Component;

/** Instantiates the routes of each branch and each destination; those of the watches come when Kubernetes serves their types. */
@Component
@ConditionalOnRole(Role.GITOPS)
class GitOpsRoutes implements TemplateInstances {

  private final Destinations destinations;

  GitOpsRoutes(Destinations destinations) {
    this.destinations = destinations;
  }

  @Override
  public void addTo(CamelContext context) {
    destinations.all().stream().map(Destination::branch).distinct().map(BranchWorkers::routeId).forEach(id ->
        TemplatedRouteBuilder.builder(context, "gitops-branch").routeId(id).prefixId(id).parameter("branch", id).add());
    destinations.all().forEach(destination -> {
      var id = "gitops-reconcile-" + destination.name();
      TemplatedRouteBuilder.builder(context, "gitops-reconcile").routeId(id).prefixId(id)
          .parameter("destination", destination.name()).add();
    });
  }
}
