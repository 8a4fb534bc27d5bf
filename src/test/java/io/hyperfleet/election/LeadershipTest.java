package io.hyperfleet.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.hyperfleet.election.Members.Member;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.RunningPod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Tag("long")
class LeadershipTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Predicate<Call> LEASES = call -> call.resource().equals("leases");

  @TempDir
  private Path folder;

  private LocalKubernetes local;
  private Members members;

  @BeforeEach
  void start() {
    local = LocalKubernetes.start(LocalKubernetes.Settings.instant());
    local.writeKubeconfig(folder.resolve("kubeconfig"));
    members = new Members(folder.resolve("kubeconfig"));
  }

  @AfterEach
  void stop() {
    members.close();
    local.close();
  }

  private Member member(String... keys) throws Exception {
    return members.start(keys);
  }

  private Lease lease(String namespace) {
    return local.client().leases().inNamespace(namespace).withName("hyperfleet-sentinel").get();
  }

  @ParameterizedTest
  @CsvSource({"'', hyperfleet-adapters", "default, default", "kube-system, kube-system"})
  void theLeaseIsInTheNamespaceThatIsConfigured(String configured, String namespace) throws Exception {
    var member = member("namespace", configured, "pod-name", "one");

    await().atMost(PATIENCE).until(member::works);
    assertThat(lease(namespace).getSpec().getHolderIdentity()).startsWith("one_");
    assertThat(local.client().leases().inAnyNamespace().list().getItems()).hasSize(1);
    assertThat(member.leadership().problem()).isEmpty();
  }

  @Test
  void aWrongNameIsSaidWithItsKey() {
    assertThatThrownBy(() -> member("namespace", "Not/One"))
        .hasMessageContaining("hyperfleet.sentinel.leader-election.namespace");
    assertThatThrownBy(() -> member("lease-name", "a?b"))
        .hasMessageContaining("hyperfleet.sentinel.leader-election.lease-name");
    members.forget();
  }

  /** The node is gone, and Kubernetes has not noticed: the pod of the leader counts as ready for minutes. */
  @Test
  void anExpiredLeaseIsTakenThoughThePodOfItsHolderIsReady() throws Exception {
    RunningPod.create(local.client(), "dead", "sentinel");
    local.client()
        .resource(new LeaseBuilder().withNewMetadata().withName("hyperfleet-sentinel")
            .withNamespace(LocalKubernetes.NAMESPACE)
            .endMetadata().withNewSpec().withHolderIdentity("dead").withLeaseDurationSeconds(2).withLeaseTransitions(1)
            .withAcquireTime(ZonedDateTime.now()).withRenewTime(ZonedDateTime.now().plusDays(1)).endSpec().build())
        .create();

    var member = member("pod-name", "one");
    await().atMost(PATIENCE).until(member::works);
    assertThat(local.client().pods().inNamespace(LocalKubernetes.NAMESPACE).withName("dead").isReady()).isTrue();
    assertThat(local.requests()).noneMatch(
        call -> call.resource().equals("pods") && !call.name().equals("dead") && !call.verb().equals("create"));
    assertThat(lease(LocalKubernetes.NAMESPACE).getSpec().getLeaseTransitions()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"get, 403, Forbidden", "create, 403, Forbidden", "get, 401, Unauthorized", "get, 500, InternalError"})
  void aLeaseThatCannotBeReadOrWrittenIsSaidOnceAndKeepsTheProcessFromBeingReady(String verb, int status, String reason,
      CapturedOutput output) throws Exception {
    local.fail(LEASES.and(call -> call.verb().equals(verb)), status, reason, "the role of the test lacks " + verb, 20);
    var member = member("namespace", "default");
    var check = new LeaderCheck(member.leadership());

    await().atMost(PATIENCE).until(() -> check.check().equals("no known leader: cannot read or write the Lease "
        + "default/hyperfleet-sentinel: the role of the test lacks " + verb));
    assertThat(member.rests()).isTrue();
    await().atMost(PATIENCE).until(member::works);
    assertThat(check.check()).isEqualTo("ok");
    assertThat(output.getOut().lines().filter(line -> line.contains("the role of the test lacks"))).singleElement()
        .asString()
        .contains("WARN", "Cannot read or write the Lease default/hyperfleet-sentinel");
  }

  @Test
  void aLeaderThatCannotRenewStepsDownAndLeadsAgain() throws Exception {
    var member = member();
    await().atMost(PATIENCE).until(member::works);

    local.pause();
    await().atMost(PATIENCE).until(member::rests);
    await().atMost(PATIENCE).until(() -> member.leadership().problem().equals(
        "no known leader: cannot read or write the Lease hyperfleet-adapters/hyperfleet-sentinel: Kubernetes does "
            + "not answer"));
    local.resume();
    await().atMost(PATIENCE).until(member::works);
  }

  @Test
  void aLeaderThatEndsGivesItsLeaseBack() throws Exception {
    var one = member();
    await().atMost(PATIENCE).until(one::works);
    var other = member("lease-duration", "1h", "renew-deadline", "50m");
    await().atMost(PATIENCE).until(() -> other.leadership().problem().isEmpty());
    assertThat(other.rests()).isTrue();

    one.end();
    assertThat(lease(LocalKubernetes.NAMESPACE).getSpec().getHolderIdentity()).satisfiesAnyOf(
        holder -> assertThat(holder).isNullOrEmpty(), holder -> assertThat(holder).doesNotContain("one"));
    await().atMost(PATIENCE).until(other::works);
  }

  /** However requests fail, no two lead at once; and when they work again, one does. */
  @Test
  void neverDoTwoLead() throws Exception {
    var random = new Random(58);
    for (int i = 0; i < 3; i++) {
      member("lease-duration", "1s", "renew-deadline", "500ms", "retry-period", "20ms");
    }
    for (int fault = 0; fault < 40; fault++) {
      var verb = List.of("get", "update", "create").get(random.nextInt(3));
      local.fail(LEASES.and(call -> call.verb().equals(verb)), List.of(403, 409, 500, 504).get(random.nextInt(4)),
          "Fault", 1 + random.nextInt(60));
      await().pollInterval(Duration.ofMillis(5)).during(Duration.ofMillis(random.nextInt(200))).atMost(PATIENCE)
          .until(() -> members.all().stream().filter(member -> member.leadership().isHeld()).count() <= 1);
      local.clearFailures();
    }
    await().atMost(PATIENCE).until(() -> members.all().stream().filter(Member::works).count() == 1);
  }
}
