package io.hyperfleet.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobLifecycleTest {

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(
      new Settings(0, Duration.ofMillis(200), Duration.ZERO));

  @Test
  void runsAPodAndCompletes() {
    create(job("work", Map.of()));

    await().until(() -> status("work", "Complete"));

    var job = read("work");
    assertThat(job.getStatus().getConditions()).extracting(JobCondition::getType)
        .containsExactly("SuccessCriteriaMet", "Complete");
    assertThat(job.getStatus().getSucceeded()).isEqualTo(1);
    assertThat(job.getStatus().getActive()).isNull();
    assertThat(job.getStatus().getStartTime()).isNotNull();
    assertThat(job.getStatus().getCompletionTime()).isNotNull();
    assertThat(job.getMetadata().getGeneration()).isEqualTo(1);
    var pod = pods("work").get(0);
    assertThat(pod.getMetadata().getName()).matches("work-[a-z0-9]{5}");
    assertThat(pod.getMetadata().getOwnerReferences().get(0).getUid()).isEqualTo(job.getMetadata().getUid());
    assertThat(pod.getMetadata().getLabels()).containsEntry("batch.kubernetes.io/job-name", "work")
        .containsEntry("app", "demo");
    assertThat(pod.getStatus().getPhase()).isEqualTo("Succeeded");
    assertThat(pod.getStatus().getContainerStatuses().get(0).getState().getTerminated().getExitCode()).isZero();
    await().untilAsserted(() -> assertThat(eventReasons("work")).contains("SuccessfulCreate", "Completed"));
  }

  @Test
  void isActiveWhileItRuns() {
    create(job("work", Map.of("local.hyperfleet.io/duration", "1h")));

    await().untilAsserted(() -> assertThat(pods("work")).extracting(pod -> pod.getStatus().getPhase())
        .containsExactly("Running"));

    assertThat(read("work").getStatus().getActive()).isEqualTo(1);
    assertThat(read("work").getStatus().getConditions()).isEmpty();
  }

  @Test
  void failsWithTheAnnotatedMessage() {
    create(job("work", Map.of("local.hyperfleet.io/fail", "quota of zone a is used up")));

    await().until(() -> status("work", "Failed"));

    var conditions = read("work").getStatus().getConditions();
    assertThat(conditions).extracting(JobCondition::getType).containsExactly("FailureTarget", "Failed");
    assertThat(conditions.get(1).getReason()).isEqualTo("BackoffLimitExceeded");
    assertThat(conditions.get(1).getMessage()).isEqualTo("Job has reached the specified backoff limit");
    var terminated = pods("work").get(0).getStatus().getContainerStatuses().get(0).getState().getTerminated();
    assertThat(terminated.getExitCode()).isEqualTo(1);
    assertThat(terminated.getMessage()).isEqualTo("quota of zone a is used up");
  }

  @Test
  void returnsTheAnnotatedResult() {
    create(job("work", Map.of("local.hyperfleet.io/result", "{\"zone\": \"a\"}")));

    await().until(() -> status("work", "Complete"));

    var terminated = pods("work").get(0).getStatus().getContainerStatuses().get(0).getState().getTerminated();
    assertThat(terminated.getExitCode()).isZero();
    assertThat(terminated.getMessage()).isEqualTo("{\"zone\": \"a\"}");
  }

  @Test
  void staysPendingUntilItIsNoLongerStuck() {
    create(job("work", Map.of("local.hyperfleet.io/stuck", "ImagePullBackOff")));

    await().untilAsserted(() -> assertThat(pods("work")).flatExtracting(pod -> pod.getStatus().getContainerStatuses())
        .extracting(container -> container.getState().getWaiting().getReason()).containsExactly("ImagePullBackOff"));
    assertThat(pods("work").get(0).getStatus().getPhase()).isEqualTo("Pending");
    await().untilAsserted(() -> assertThat(eventReasons(pods("work").get(0).getMetadata().getName()))
        .contains("Failed"));

    local.client().batch().v1().jobs().withName("work").edit(job -> new JobBuilder(job).editMetadata()
        .removeFromAnnotations("local.hyperfleet.io/stuck").endMetadata().build());

    await().until(() -> status("work", "Complete"));
  }

  @Test
  void passesItsDeadline() {
    create(new JobBuilder(job("work", Map.of("local.hyperfleet.io/stuck", "Unschedulable")))
        .editSpec().withActiveDeadlineSeconds(1L).endSpec().build());

    await().until(() -> status("work", "Failed"));

    assertThat(read("work").getStatus().getConditions().get(1).getReason()).isEqualTo("DeadlineExceeded");
  }

  @Test
  void waitsWhileSuspended() {
    create(new JobBuilder(job("work", Map.of())).editSpec().withSuspend(true).endSpec().build());
    await().until(() -> status("work", "Suspended"));
    assertThat(pods("work")).isEmpty();

    local.client().batch().v1().jobs().withName("work")
        .edit(job -> new JobBuilder(job).editSpec().withSuspend(false).endSpec().build());

    await().until(() -> status("work", "Complete"));
    assertThat(read("work").getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void goesAwayAfterItsTimeToLive() {
    create(new JobBuilder(job("work", Map.of())).editSpec().withTtlSecondsAfterFinished(0).endSpec().build());

    await().until(() -> read("work") == null && pods("work").isEmpty());
  }

  @Test
  void takesItsPodsAlong() {
    create(job("work", Map.of("local.hyperfleet.io/duration", "1h")));
    await().until(() -> pods("work").size() == 1);

    local.client().batch().v1().jobs().withName("work").withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();

    await().until(() -> pods("work").isEmpty());
  }

  @Test
  void leavesOrphansWhenAsked() {
    create(job("work", Map.of()));
    await().until(() -> status("work", "Complete"));

    local.client().batch().v1().jobs().withName("work").withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

    assertThat(read("work")).isNull();
    assertThat(pods("work")).hasSize(1);
    assertThat(pods("work").get(0).getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  void replacesAPodThatWasTakenAway() {
    create(job("work", Map.of("local.hyperfleet.io/duration", "1h")));
    await().until(() -> pods("work").size() == 1);
    var first = pods("work").get(0);

    local.client().resource(first).delete();

    await().until(() -> pods("work").size() == 1
        && !pods("work").get(0).getMetadata().getName().equals(first.getMetadata().getName()));
  }

  static Job job(String name, Map<String, String> annotations) {
    return new JobBuilder().withNewMetadata().withName(name).withAnnotations(annotations).endMetadata()
        .withNewSpec().withNewTemplate().withNewMetadata().addToLabels("app", "demo").endMetadata()
        .withNewSpec().withRestartPolicy("Never").addNewContainer().withName("main").withImage("demo:1").endContainer()
        .endSpec().endTemplate().endSpec().build();
  }

  private void create(Job job) {
    local.client().resource(job).create();
  }

  private Job read(String name) {
    return local.client().batch().v1().jobs().withName(name).get();
  }

  private boolean status(String name, String condition) {
    var job = read(name);
    return job.getStatus() != null && job.getStatus().getConditions().stream()
        .anyMatch(found -> found.getType().equals(condition) && found.getStatus().equals("True"));
  }

  private List<Pod> pods(String job) {
    return local.client().pods().withLabel("job-name", job).list().getItems();
  }

  private List<String> eventReasons(String about) {
    return local.client().v1().events().withField("involvedObject.name", about).list().getItems().stream()
        .map(Event::getReason).toList();
  }
}
