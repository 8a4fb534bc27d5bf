package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActorTest {

  @Test
  void namesOfUsersBreakNoCommit() {
    assertThat(Actor.user("a\r\nSigned-off-by: <x>").toString()).isEqualTo("user/aSigned-off-by: x");
    assertThat(Actor.user(" <> ")).isEqualTo(Actor.UNKNOWN);
    assertThat(Actor.user("system:serviceaccount:ns:x").authorEmail())
        .isEqualTo("system-serviceaccount-ns-x@noreply.cluster.local");
  }
}
