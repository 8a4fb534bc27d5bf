package io.hyperfleet.gitops.lifecycle;

import io.hyperfleet.gitops.reconcile.DestinationCondition;
import io.hyperfleet.gitops.reconcile.Reconciliations;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** {@code /gitops} on the management port: the conditions of each destination. */
@WebEndpoint(id = "gitops")
class GitOpsEndpoint {

  private final Reconciliations reconciliations;

  GitOpsEndpoint(Reconciliations reconciliations) {
    this.reconciliations = reconciliations;
  }

  @ReadOperation(produces = "application/json")
  Map<String, List<DestinationCondition>> conditions() {
    return reconciliations.conditions();
  }
}
