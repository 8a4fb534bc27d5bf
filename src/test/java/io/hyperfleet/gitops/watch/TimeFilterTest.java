package io.hyperfleet.gitops.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.Actor;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.Operation;
import io.hyperfleet.gitops.ResourceIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What changed a moment ago is not undone. */
class TimeFilterTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ResourceIdentifier ID = new ResourceIdentifier("", "v1", "configmaps", "one", "in-both");

  @Test
  void timeFilter() {
    var filter = new TimeFilter(Duration.ofSeconds(30));
    var create = event(Operation.CREATE);
    assertThat(filter.admit(create, START)).contains(create);

    filter.changed(event(Operation.UPDATE), START);
    assertThat(filter.admit(create, at(5))).isEmpty();
    assertThat(filter.admit(event(Operation.DELETE), at(6))).isEmpty();
    assertThat(filter.waiting()).isEqualTo(1);
    assertThat(filter.admit(event(Operation.RECONCILE_RESOURCE), at(5))).isPresent();
    assertThat(filter.due(at(29))).isEmpty();

    filter.changed(event(Operation.UPDATE), at(20));
    assertThat(filter.due(at(30))).isEmpty();
    assertThat(filter.due(at(50))).extracting(GitOpsEvent::operation).containsExactly(Operation.DELETE);
    assertThat(filter.waiting()).isZero();
    assertThat(filter.remembered()).isZero();
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static GitOpsEvent event(Operation operation) {
    return new GitOpsEvent("prod", "a", ID, operation, null, Actor.RECONCILER, Map.of(), START);
  }
}
