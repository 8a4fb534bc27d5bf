package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.hyperfleet.gitops.lifecycle.LeaderRoutePolicy;
import io.hyperfleet.gitops.watch.StartupGates;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Whose commit it is, and what it says of the object, whatever goes on at the same time.
 */
class AuthorshipFlowIT extends GitOpsIT {

  private static final String TRAILERS = "--format=%(trailers:key=Operation,key=Cluster,key=Adapter,separator=%x2C)";

  @Test
  void deletionsNameTheClusterAndTheAdapterToo() {
    start();
    var config = flow.apply("admin", labelled("my-config"));
    var other = flow.apply("admin", labelled("other"));
    flow.commit(2);
    flow.delete("admin", config);
    flow.commit(1);
    assertThat(git.run("log", "-1", TRAILERS, "main")).isEqualTo("Operation: UPDATE,Adapter: dns,Cluster: c-1\n");
    flow.close();
    local.client().resource(other).delete();

    // Of this one only the file is left.
    start();
    flow.advance(GitOpsFlow.WINDOW);
    flow.untilPending(0);
    assertThat(git.run("log", "-1", TRAILERS, "main")).isEqualTo("Operation: DELETE,Adapter: dns,Cluster: c-1\n");
    assertThat(git.files()).isEmpty();
  }

  private static ConfigMap labelled(String name) {
    return new ConfigMapBuilder().withNewMetadata().withNamespace("default").withName(name)
        .addToLabels("hyperfleet.io/cluster-id", "c-1").addToLabels("hyperfleet.io/managed-by", "dns").endMetadata()
        .build();
  }

  @Test
  void comparisonLeavesAChangeToItsAuthor() {
    start();
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    flow.advance(Duration.ofMinutes(5));
    flow.untilPending(1);
    flow.advance(Duration.ofSeconds(3));

    // The comparison's window ends before it is known who did this.
    var changed = local.client()
        .resource(new ConfigMapBuilder(config).editMetadata().withResourceVersion(null).endMetadata()
            .addToData("key", "b").build())
        .update();
    await().until(() -> flow.gauge("events.unattributed") == 1);
    flow.advance(Duration.ofSeconds(2));
    flow.untilPending(0);
    assertThat(git.read(FILE)).contains("key: a");

    flow.said("update", "bob", changed);
    flow.commit(1);
    assertThat(git.read(FILE)).contains("key: b");
    assertThat(git.subjects()).containsExactly("[UPDATE] v1/configmaps/my-config by user/bob", LINE);
  }

  @Test
  void stopWritesWhatWaitsForItsAuthor() {
    start();
    flow.client().resource(labelled("my-config")).create();
    await().until(() -> flow.gauge("events.unattributed") == 1);
    flow.close();
    flow = null;
    assertThat(git.subjects()).singleElement().asString().startsWith("[UPDATE] v1/configmaps/my-config by ");
  }

  @Test
  void formerLeaderKeepsNothingOfItsTerm() {
    start();
    var config = flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    local.client().resource(new ConfigMapBuilder(config).editMetadata().withResourceVersion(null).endMetadata()
        .addToData("key", "stale").build()).update();
    await().until(() -> flow.gauge("events.unattributed") == 1);

    var term = flow.bean(LeaderRoutePolicy.class);
    var gates = flow.bean(StartupGates.class);
    term.follow();
    assertThat(flow.gauge("events.unattributed")).isZero();
    // A comparison that was under way when the term ended.
    assertThat(gates.release("prod")).isExhausted();
    assertThat(gates.areOpen()).isFalse();
    local.client().resource(config).delete();
    await().until(() -> flow.remembered() == 1);
    flow.advance(Duration.ofSeconds(10));

    term.onStart(null);
    flow.untilLive();
    await().until(() -> {
      flow.advance(GitOpsFlow.WINDOW);
      return git.files().isEmpty();
    });
    assertThat(git.run("log", "-p", "main")).doesNotContain("stale");
  }

  @Test
  void objectsThatAreGoneAreForgottenThoughTheirFilesStay() {
    start("hyperfleet.gitops.destinations[0].prune=NEVER");
    for (int i = 0; i < 3; i++) {
      var config = flow.apply("admin", "default", "config-" + i, "a");
      flow.commit(1);
      flow.delete("admin", config);
    }
    await().until(() -> flow.remembered() == 0);
    assertThat(git.files()).hasSize(3);
  }
}
