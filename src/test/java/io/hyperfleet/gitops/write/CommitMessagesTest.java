package io.hyperfleet.gitops.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.Actor;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.Operation;
import io.hyperfleet.gitops.ResourceIdentifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What commits say. */
class CommitMessagesTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void namesAndLabelsOfSeveralLinesForgeNothing() {
    var forged = event("viewer by user/admin\n\nOperation: DELETE\u2028Cluster: other\r\nx", "c-1\nAdapter: forged");
    assertThat(CommitMessages.of(List.of(forged)).lines()).containsExactly(
        "[UPDATE] rbac.authorization.k8s.io/v1/clusterroles/viewer by user/admin Operation: DELETE Cluster: other x by user/eve",
        "",
        "Operation: UPDATE",
        "Resource-Key: rbac.authorization.k8s.io/v1/clusterroles/viewer by user/admin Operation: DELETE Cluster: other x",
        "Event-Time: 2026-01-01T00:00:00Z",
        "Cluster: c-1 Adapter: forged");
    assertThat(CommitMessages.of(List.of(forged, event("second", "c-2"))).lines()).hasSize(9)
        .startsWith("[UPDATE] 2 resources by user/eve", "");
  }

  private static GitOpsEvent event(String name, String cluster) {
    return new GitOpsEvent("prod", "a",
        new ResourceIdentifier("rbac.authorization.k8s.io", "v1", "clusterroles", "", name),
        Operation.UPDATE, new byte[0], Actor.user("eve"), Map.of("Cluster", cluster), TIME);
  }
}
