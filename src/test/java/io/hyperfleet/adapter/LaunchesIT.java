package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PubsubMessage;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.local.kubernetes.resource.Call;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A Job runs once a generation and attempt, whatever becomes of it in Kubernetes. */
@Tag("faults")
class LaunchesIT extends AdapterFleetIT {

  private static final String GONE = "Applied=True JobLaunched, Available=False JobGone, Health=True NoErrors";
  private static final String RESOURCE_GONE = "Applied=True ResourcesApplied, Available=False JobGone, Health=True NoErrors";
  private static final String STUCK = "{\"note\":\"n\",\"stuck\":\"Unschedulable\"}";

  @BeforeEach
  void forget() {
    kubernetes().clearRequests();
  }

  @Test
  void aJobThatIsGoneBeforeItsEndWasSeenIsNotRunAgain() {
    var id = create(STUCK);
    assertThat(FLEET.report(id, "runner").path("launched").toString())
        .contains("\"object\":\"Job " + name(id, 1) + "\"");
    deleteJob(name(id, 1));

    sendEvent(id);
    sendEvent(id);

    assertThat(conditions(id, "runner")).isEqualTo(GONE);
    assertThat(message(id, "runner", "Available")).isEqualTo("Job " + name(id, 1)
        + " disappeared before its outcome was seen; it is not rerun for this generation: request a retry, change "
        + "the resource to start a new generation, or raise spec.retry.attempts");
    assertThat(created()).isEqualTo(1);
  }

  @Test
  void aNewGenerationRunsAnotherOne() {
    var id = create(STUCK);
    deleteJob(name(id, 1));
    sendEvent(id);

    changeSpec(id, "{\"note\":\"two\",\"stuck\":\"Unschedulable\"}");

    assertThat(conditions(id, "runner")).contains("Available=Unknown JobInProgress");
    deleteJob(name(id, 2));
    sendEvent(id);
    assertThat(conditions(id, "runner")).isEqualTo(GONE);
    assertThat(created()).isEqualTo(2);
  }

  @Test
  void aJobThatSucceededWhileTheApiWasAwayIsNotRunAgain() {
    var id = create("{\"note\":\"n\",\"ttl\":0}");
    awaitEnd(name(id, 1));
    assertThat(job(name(id, 1)).getSpec().getTtlSecondsAfterFinished()).as("stays until its end is seen")
        .isEqualTo(3_600);
    deleteJob(name(id, 1));

    sendEvent(id);

    assertThat(conditions(id, "runner")).isEqualTo(GONE);
    assertThat(created()).isEqualTo(1);
  }

  @Test
  void aJobThatFailedAndIsGoneStaysFailedWithItsLastWords() {
    var id = create("{\"note\":\"n\",\"fail\":\"The quota is used up\"}");
    awaitEnd(name(id, 1));
    sendEvent(id);
    var said = message(id, "runner", "Available");
    deleteJob(name(id, 1));

    sendEvent(id);
    sendEvent(id);

    assertThat(conditions(id, "runner"))
        .isEqualTo("Applied=True JobLaunched, Available=False JobFailed, Health=True NoErrors");
    assertThat(message(id, "runner", "Available")).startsWith(said)
        .containsOnlyOnce("The Job is gone; it is not rerun");
    assertThat(created()).isEqualTo(1);
  }

  @Test
  void aJobWithAnAttemptLeftRunsOnceMoreAndNoMore() {
    var id = create("{\"finish\":\"line\",\"stuck\":\"Unschedulable\"}");
    var name = "finisher-" + id + "-gen1";
    deleteJob(name);
    sendEvent(id);
    assertThat(job(name).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "2");
    deleteJob(name);

    sendEvent(id);
    sendEvent(id);

    assertThat(conditions(id, "finisher")).startsWith(GONE);
    assertThat(created()).isEqualTo(2);
  }

  @Test
  void anAttemptIsAnnouncedBeforeTheFailedJobIsDeleted() {
    var id = create("{\"finish\":\"line\",\"fail\":\"no luck\"}");
    var name = "finisher-" + id + "-gen1";
    awaitEnd(name);
    kubernetes().fail(Call.of("delete", "jobs"), 500, "InternalError", 1);

    sendEvent(id);
    assertThat(FLEET.report(id, "finisher").at("/launched/0/attempt").asInt()).isEqualTo(2);
    assertThat(job(name).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "1");

    sendEvent(id);
    assertThat(job(name).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "2");
    awaitEnd(name);
    sendEvent(id);
    assertThat(conditions(id, "finisher")).contains("Available=False JobFailed");
    assertThat(created()).isEqualTo(2);
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void noAttemptStartsThatTheApiHasNotTaken(CapturedOutput output) {
    var id = create("{\"finish\":\"line\",\"fail\":\"no luck\"}");
    var name = "finisher-" + id + "-gen1";
    awaitEnd(name);
    var database = FLEET.context().getBean(JdbcClient.class);
    database.sql("alter table adapter_statuses add constraint closed check (adapter <> 'finisher') not valid").update();
    try {
      sendEvent(id);
    } finally {
      database.sql("alter table adapter_statuses drop constraint closed").update();
    }

    assertThat(output).contains("finisher: HyperFleet API unreachable: ")
        .doesNotContain("finisher: cannot process event");
    assertThat(job(name).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "1");
    sendEvent(id);
    assertThat(job(name).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "2");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      403 | Forbidden       | jobs.batch "x" is forbidden: exceeded quota: jobs | 2 | JobCreationFailed
      403 | Forbidden       | jobs.batch is forbidden: User "u" cannot create resource "jobs" in API group "batch" in the namespace "n" | 2 | KubernetesAPIFailure
      401 | Unauthorized    | Unauthorized                                      | 2 | KubernetesAPIFailure
      429 | TooManyRequests | too many requests                                 | 2 | KubernetesAPIFailure
      """)
  void anAttemptThatKubernetesRefusesIsStillToCome(int code, String reason, String message, int times,
      String available) {
    var id = create("{\"finish\":\"line\",\"fail\":\"no luck\"}");
    var name = "finisher-" + id + "-gen1";
    awaitEnd(name);
    kubernetes().fail(Call.of("create", "jobs"), code, reason, message, times);

    sendEvent(id);
    sendEvent(id);
    assertThat(conditions(id, "finisher")).contains("Available=False " + available);
    assertThat(job(name)).isNull();
    sendEvent(id);

    assertThat(job(name).getMetadata().getAnnotations()).containsEntry(OwnerLabels.ATTEMPT, "2");
  }

  @Test
  void runsOneJobWhenTheFirstEventComesTenTimesAtOnce() {
    kubernetes().fail(Call.of("create", "jobs"), 403, "Forbidden", 1);
    var id = create(STUCK);
    assertThat(jobsOf(id, "runner")).isEmpty();
    kubernetes().clearRequests();

    publish(TOPIC, IntStream.range(0, 10).mapToObj(copy -> message("""
        {"specversion": "1.0", "id": "e", "source": "/test", "type": "cluster.changed.v1",
         "data": {"id": "%s", "kind": "Cluster", "generation": 1}}""".formatted(id))).toArray(PubsubMessage[]::new));
    awaitAcknowledged();

    assertThat(jobsOf(id, "runner")).containsExactly(name(id, 1));
    deleteJob(name(id, 1));
    sendEvent(id);
    assertThat(conditions(id, "runner")).isEqualTo(GONE);
  }

  @Test
  void aJobAmongResourcesThatIsGoneBeforeItsEndIsNotAppliedAgain() {
    var id = create("{\"bindStuck\":\"Unschedulable\",\"ttl\":0}");
    assertThat(job("binder-" + id).getSpec().getTtlSecondsAfterFinished()).isEqualTo(3_600);
    deleteJob("binder-" + id);

    sendEvent(id);
    sendEvent(id);

    assertThat(conditions(id, "binder")).isEqualTo(RESOURCE_GONE);
    assertThat(message(id, "binder", "Available"))
        .startsWith("Job binder-" + id + " disappeared before its outcome was seen; it is not rerun");
    assertThat(applied(id)).isEqualTo(1);
    changeSpec(id, "{}");
    assertThat(job("binder-" + id)).as("a new generation").isNotNull();
    assertThat(applied(id)).isEqualTo(2);
  }

  @Test
  void theResultOfAJobAmongResourcesStands() {
    var id = create("{}");
    awaitEnd("binder-" + id);
    sendEvent(id);
    assertThat(conditions(id, "binder")).contains("Available=True PostconditionsMet");
    deleteJob("binder-" + id);

    sendEvent(id);

    assertThat(conditions(id, "binder")).contains("Available=True PostconditionsMet");
    assertThat(job("binder-" + id)).isNull();
  }

  @Test
  void aJobThatIsRecreatedIsAnnouncedFirst() {
    var id = create("{\"bindStuck\":\"Unschedulable\"}");
    kubernetes().fail(Call.of("delete", "jobs"), 500, "InternalError", 1);

    changeSpec(id, "{\"bindStuck\":\"ImagePullBackOff\"}");
    var announced = FLEET.report(id, "binder").at("/launched/0");
    assertThat(announced.path("generation").asInt()).isEqualTo(2);
    assertThat(applied(id)).isEqualTo(1);

    sendEvent(id);
    assertThat(applied(id)).isEqualTo(2);
    assertThat(FLEET.report(id, "binder").at("/launched/0/digest")).isEqualTo(announced.path("digest"));
    sendEvent(id);
    deleteJob("binder-" + id);
    sendEvent(id);
    assertThat(conditions(id, "binder")).isEqualTo(RESOURCE_GONE);
    assertThat(applied(id)).isEqualTo(2);
  }

  @Test
  void aJobThatMayNotBeRecreatedIsStillToCome() {
    var id = create("{\"bindStuck\":\"Unschedulable\"}");
    kubernetes().fail(Call.of("patch", "jobs"), 403, "Forbidden", 1);

    changeSpec(id, "{\"bindStuck\":\"ImagePullBackOff\"}");
    assertThat(conditions(id, "binder")).endsWith("Health=False KubernetesAPIFailure");
    assertThat(job("binder-" + id)).isNull();
    sendEvent(id);

    assertThat(job("binder-" + id)).isNotNull();
  }

  private static long created() {
    return kubernetes().requests().stream().filter(Call.of("create", "jobs")).count();
  }

  private static long applied(String id) {
    return kubernetes().requests().stream().filter(Call.of("patch", "jobs"))
        .filter(call -> call.name().equals("binder-" + id)).count();
  }

  private static String name(String id, int generation) {
    return "runner-" + id + "-gen" + generation;
  }
}
