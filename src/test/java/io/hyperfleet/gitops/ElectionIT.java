package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.election.LeaderCheck;
import io.hyperfleet.election.Leadership;
import io.hyperfleet.gitops.watch.ClusterObjects;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Of two processes with the role gitops the leader writes; the other one listens, and takes over when it is gone.
 */
class ElectionIT extends GitOpsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void leaderWritesAndTheOtherTakesOver() {
    // However busy the machine is, the leader stays what it is; the other one waits for a lease of its own.
    try (var leader = reverser("one", "61s", "60s")) {
      await().atMost(PATIENCE).until(() -> leads(leader));
      takesOver(leader);
    }
  }

  private void takesOver(GitOpsFlow leader) {
    try (var standby = reverser("other", "4s", "2s")) {
      leader.untilLive();
      leader.apply("admin", "default", "my-config", "a");
      leader.commit(1);
      assertThat(git.subjects()).containsExactly(LINE);
      assertThat(leads(standby)).isFalse();
      await().atMost(PATIENCE).until(() -> standby.bean(LeaderCheck.class).check().equals("ok"));
      await().atMost(PATIENCE).until(() -> standby.bean(ClusterObjects.class).isComplete("prod"));
      assertThat(standby.gauge("pending.writes")).isZero();

      // A leader that is stopped writes what it has in open windows itself.
      leader.apply("admin", "default", "pending", "a");
      leader.untilPending(1);
      leader.close();
      assertThat(git.subjects()).first().isEqualTo("[UPDATE] v1/configmaps/pending by user/admin");

      await().atMost(PATIENCE).until(() -> leads(standby));
      standby.untilLive();
      await().atMost(PATIENCE).until(() -> {
        standby.advance(GitOpsFlow.WINDOW);
        return git.files().size() == 2;
      });
      assertThat(git.subjects()).hasSize(2).first().asString().contains("v1/configmaps/pending");
      standby.apply("admin", "default", "my-config", "b");
      await().atMost(PATIENCE).until(() -> {
        standby.advance(GitOpsFlow.WINDOW);
        return git.read(FILE).contains("key: b");
      });
      assertThat(git.subjects()).hasSize(3);
    }
  }

  private GitOpsFlow reverser(String pod, String lease, String renewal) {
    return new GitOpsFlow(local.kubernetes(), clock, directory, git,
        "hyperfleet.gitops.work-directory=" + directory.resolve(pod),
        "hyperfleet.gitops.leader-election.enabled=true",
        "hyperfleet.gitops.leader-election.namespace=" + LocalKubernetes.NAMESPACE,
        "hyperfleet.gitops.leader-election.pod-name=" + pod,
        "hyperfleet.gitops.leader-election.lease-duration=" + lease,
        "hyperfleet.gitops.leader-election.renew-deadline=" + renewal,
        "hyperfleet.gitops.leader-election.retry-period=300ms");
  }

  private static boolean leads(GitOpsFlow flow) {
    return flow.bean(Leadership.class).isHeld();
  }
}
