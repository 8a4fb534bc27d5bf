package io.hyperfleet.gitops.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.Actor;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.Operation;
import io.hyperfleet.gitops.ResourceIdentifier;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** What waits to be committed. */
class PendingWritesTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ResourceIdentifier ID = new ResourceIdentifier("", "v1", "configmaps", "one", "in-both");

  @Test
  void changeTakesThePlaceOfWhatTheReconcilerWants() {
    var writes = new PendingWrites(Binder.get(new MockEnvironment()).bindOrCreate("hyperfleet.gitops.commit",
        GitOpsProperties.Commit.class));
    writes.add(event(Operation.RECONCILE_RESOURCE), START);
    writes.add(event(Operation.UPDATE), at(1));
    writes.closeAll();
    assertThat(writes.next().events()).extracting(GitOpsEvent::operation).containsExactly(Operation.UPDATE);
    assertThat(writes.size()).isEqualTo(1);
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static GitOpsEvent event(Operation operation) {
    return new GitOpsEvent("prod", "a", ID, operation, null, Actor.RECONCILER, Map.of(), START);
  }
}
