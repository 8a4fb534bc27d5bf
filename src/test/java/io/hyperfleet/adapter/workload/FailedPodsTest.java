package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.hyperfleet.adapter.event.ApiTime;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.OwnReport;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a pod that failed, that keeps failing, or that is gone. */
class FailedPodsTest {

  private static final String PREFIX = "local.hyperfleet.io/";

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(LocalKubernetes.Settings.instant());

  @Test
  void anEvictionIsNamedBeforeTheExitCodeThatItLeaves() {
    assertThat(failed("Never", Map.of("fail-as", "Evicted")))
        .matches("Evicted: pod work-\\S+: The node was low on resource: memory; "
            + "container c exited with code 137, ContainerStatusUnknown \\(BackoffLimitExceeded: Job has reached the specified backoff limit\\)"
            + "\\. Job work; logs: kubectl logs -n hyperfleet-adapters job/work");
  }

  @Test
  void ofAPodThatIsGoneItSaysWhatKubernetesTells() {
    assertThat(failed("OnFailure", Map.of("fail-as", "exit:3")))
        .startsWith("BackoffLimitExceeded: Job has reached the specified "
            + "backoff limit; its pod work-")
        .contains("is gone; its last event in Kubernetes is BackOff: ")
        .contains("Set restartPolicy: Never").endsWith("events: kubectl describe -n hyperfleet-adapters job/work");
  }

  @Test
  void ofAPodThatIsGoneWithItsEventsItSaysThat() {
    var job = job("Never", Map.of("fail-as", "exit:3"));
    local.client().pods().withLabel("job-name", "work").delete();
    local.client().v1().events().delete();

    assertThat(new WorkloadFailures(local.client()).describe(job)).startsWith("BackoffLimitExceeded: ")
        .contains("; its pod is gone, so its exit code is unknown")
        .doesNotContain("null", "restartPolicy", "kubectl logs");
  }

  @Test
  void whatMayNotBeReadIsLeftOut() {
    var job = job("OnFailure", Map.of("fail-as", "exit:3"));
    local.kubernetes().fail(Call.of("list", "events"), 403, "Forbidden", 10);

    assertThat(new WorkloadFailures(local.client()).describe(job)).contains("its pod is gone").doesNotContain("null");
  }

  @ParameterizedTest
  @CsvSource({"OnFailure", "Never"})
  void aCrashLoopIsNamedWithItsExitCode(String restartPolicy) {
    local.client().resource(build(restartPolicy, Map.of("stuck", "CrashLoopBackOff"))).create();
    await().until(() -> local.client().pods().withLabel("job-name", "work").list().getItems().stream()
        .anyMatch(pod -> !pod.getStatus().getContainerStatuses().isEmpty()));

    var progress = look();

    assertThat(progress.stuck()).isFalse();
    assertThat(progress.message()).matches("Job work\\. CrashLoopBackOff: container c exited with code 1, Error\\. "
        + "Kubernetes keeps restarting it; logs: kubectl logs --previous -n hyperfleet-adapters work-\\S+ -c c");
  }

  @Test
  void anEventWithoutWordsIsNoNull() {
    var job = local.client().resource(build("Never", Map.of("stuck", "FailedCreate"))).create();
    await().until(() -> !local.client().v1().events().list().getItems().isEmpty());
    local.client().v1().events().delete();
    local.client().resource(new EventBuilder().withNewMetadata().withName("e").endMetadata().withNewInvolvedObject()
        .withUid(job.getMetadata().getUid()).endInvolvedObject().withReason("FailedCreate").build()).create();

    assertThat(look().message()).startsWith("Failed to create workload: FailedCreate. ");
  }

  private WorkloadProgress.Progress look() {
    var job = local.client().getKubernetesSerialization()
        .convertValue(local.client().batch().v1().jobs().withName("work").get(), Map.class);
    var fetched = new Fetched(Map.of(), Owner.ofCluster("a", "c1", 1), ApiTime.received(Instant.now()), false,
        new OwnReport(Map.of()), "");
    return new WorkloadProgress(local.client()).look(fetched, Map.of("job", job), "Job work");
  }

  private String failed(String restartPolicy, Map<String, String> steering) {
    return new WorkloadFailures(local.client()).describe(job(restartPolicy, steering));
  }

  private Job job(String restartPolicy, Map<String, String> steering) {
    local.client().resource(build(restartPolicy, steering)).create();
    await().until(() -> WorkloadFailures.failed(local.client().batch().v1().jobs().withName("work").get())
        && (restartPolicy.equals("Never")
            || local.client().pods().withLabel("job-name", "work").list().getItems().isEmpty()));
    return local.client().batch().v1().jobs().withName("work").get();
  }

  private static Job build(String restartPolicy, Map<String, String> steering) {
    var job = new JobBuilder().withNewMetadata().withName("work").withNamespace(LocalKubernetes.NAMESPACE);
    steering.forEach((name, value) -> job.addToAnnotations(PREFIX + name, value));
    return job.endMetadata().withNewSpec().withBackoffLimit(0).withNewTemplate().withNewSpec()
        .withRestartPolicy(restartPolicy)
        .addNewContainer().withName("c").withImage("busybox").endContainer().endSpec().endTemplate().endSpec().build();
  }
}
