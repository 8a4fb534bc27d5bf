package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The exits of a job-adapter (docs/architecture.md), each with its conditions. */
@Tag("faults")
class JobAdapterExitsIT extends AdapterFleetIT {

  private static final String CREATED = "Applied=True JobLaunched, Available=Unknown JobInProgress, Health=True NoErrors";
  private static final String SUCCEEDED = "Applied=True JobLaunched, Available=True JobSucceeded, Health=True AllChecksPassed";
  private static final String REFUSED = "Applied=False JobCreationFailed, Available=False JobCreationFailed, Health=False CreateError";

  @Test
  void reportsPreconditionsNotMetWithTheNamesOfWhatIsMissing() {
    var id = create("{\"note\":\"n\"}");

    assertThat(conditions(id, "waiter")).isEqualTo(
        "Applied=False PreconditionsNotMet, Available=False PreconditionsNotMet, Health=True NoErrors");
    assertThat(message(id, "waiter", "Applied"))
        .isEqualTo("Waiting for dependencies to be met: runner is available, the region is known");
    assertThat(jobsOf(id, "waiter")).isEmpty();
    assertThat(FLEET.phase(id)).isEqualTo("NotReady");
  }

  @Test
  void reportsAJobThatItHasCreated() {
    var before = deliveries("runner");

    var id = create("{\"note\":\"n\",\"stuck\":\"Unschedulable\"}");

    assertThat(conditions(id, "runner")).isEqualTo(CREATED);
    assertThat(FLEET.report(id, "runner").at("/metadata/job_name").asText()).isEqualTo("runner-" + id + "-gen1");
    assertThat(FLEET.report(id, "runner").at("/observed_generation").asInt()).isEqualTo(1);
    assertThat(jobsOf(id, "runner")).containsExactly("runner-" + id + "-gen1");
    assertThat(deliveries("runner")).as("acknowledged after one delivery").isEqualTo(before + 1);
  }

  @Test
  void reportsAJobThatIsRunning() {
    var id = create("{\"note\":\"n\",\"stuck\":\"Unschedulable\"}");
    var created = FLEET.report(id, "runner").path("last_report_time").asText();

    sendEvent(id);

    assertThat(conditions(id, "runner")).isEqualTo(CREATED);
    assertThat(FLEET.report(id, "runner").path("last_report_time").asText()).isGreaterThan(created);
  }

  @Test
  void reportsAJobThatHasSucceededWithItsData() {
    var id = create("{\"note\":\"n\"}");
    awaitEnd("runner-" + id + "-gen1");

    sendEvent(id);

    assertThat(conditions(id, "runner")).isEqualTo(SUCCEEDED);
    assertThat(FLEET.report(id, "runner").at("/data/image").asText()).isEqualTo("busybox:1.36");
    assertThat(FLEET.report(id, "runner").at("/metadata/completed_time").asText()).isNotEmpty();
  }

  @Test
  void reportsAJobThatHasFailedWithItsLastWordsFirst() {
    var id = create("{\"note\":\"n\",\"fail\":\"Invalid credentials: renew the key of project demo\"}");
    awaitEnd("runner-" + id + "-gen1");

    sendEvent(id);

    assertThat(conditions(id, "runner"))
        .isEqualTo("Applied=True JobLaunched, Available=False JobFailed, Health=True NoErrors");
    assertThat(message(id, "runner", "Available"))
        .startsWith("Invalid credentials: renew the key of project demo")
        .contains("exited with code 1", "BackoffLimitExceeded", "kubectl logs -n hyperfleet-adapters job/runner-" + id);
  }

  @Test
  void reportsPostconditionsNotMetWhenASucceededJobIsNotEnough() {
    var id = create("{\"note\":\"n\",\"expect\":false}");
    awaitEnd("runner-" + id + "-gen1");

    sendEvent(id);

    assertThat(conditions(id, "runner"))
        .isEqualTo("Applied=True JobLaunched, Available=False PostconditionsNotMet, Health=True NoErrors");
    assertThat(message(id, "runner", "Available")).isEqualTo("Postconditions not met: the outcome is as expected");
  }

  @Test
  void reportsNotApplicableAndDoesNothing() {
    var id = create("{\"note\":\"n\",\"provider\":\"other\"}");

    assertThat(conditions(id, "runner"))
        .isEqualTo("Applied=False NotApplicable, Available=True NotApplicable, Health=True NoErrors");
    assertThat(message(id, "runner", "Available")).doesNotContain("Waiting");
    assertThat(jobsOf(id, "runner")).isEmpty();
  }

  @Test
  void reportsAnExceededQuotaAndWhatToDo() {
    kubernetes().fail(Call.of("create", "jobs"), 403, "Forbidden",
        "jobs.batch \"runner-x\" is forbidden: exceeded quota: jobs, requested: count/jobs.batch=1", 1);

    var id = create("{\"note\":\"n\"}");

    assertThat(conditions(id, "runner")).isEqualTo(REFUSED);
    assertThat(message(id, "runner", "Health")).startsWith("Failed to create workload: jobs.batch ")
        .contains("exceeded quota")
        .endsWith("Raise the quota of the namespace or delete workloads that are no longer needed.");

    sendEvent(id);
    assertThat(conditions(id, "runner")).as("the next event tries again").isEqualTo(CREATED);
  }

  @Test
  void reportsAMissingPermissionAndWhatToGrant() {
    kubernetes().clearRequests();
    kubernetes().fail(Call.of("create", "jobs"), 403, "Forbidden", 10);

    var id = create("{\"note\":\"n\"}");

    assertThat(conditions(id, "runner"))
        .isEqualTo("Applied=False KubernetesAPIFailure, Available=False KubernetesAPIFailure, "
            + "Health=False KubernetesAPIFailure");
    assertThat(message(id, "runner", "Health"))
        .isEqualTo("The Kubernetes API denied access: user local may not create jobs.batch in "
            + "the namespace hyperfleet-adapters. Grant create on jobs.batch to the adapter's Role. The next event tries again.");
    assertThat(kubernetes().requests()).as("no storm of retries").filteredOn(Call.of("create", "jobs")).hasSize(1);
  }

  @Test
  void reportsAManifestThatKubernetesRefuses() {
    var id = create("{\"note\":\"n\",\"restartPolicy\":\"Always\"}");

    assertThat(conditions(id, "runner")).isEqualTo(REFUSED);
    assertThat(message(id, "runner", "Health")).startsWith("Failed to create workload: ")
        .contains("restartPolicy").endsWith("Correct the adapter's manifest.");
  }

  @Test
  void reportsAManifestThatCannotBeFilledIn() {
    var id = create("{}");

    assertThat(conditions(id, "runner")).isEqualTo(REFUSED);
    assertThat(message(id, "runner", "Health")).startsWith("Failed to create workload: ")
        .contains("job.yaml", "cluster.spec.note");
  }

  @Test
  void neverTakesOverAJobOfSomebodyElse() {
    var id = create("{\"note\":\"n\",\"region\":\"r\"}");
    var name = "waiter-" + id + "-gen1";
    FLEET.kubernetes().batch().v1().jobs().inNamespace(LocalKubernetes.NAMESPACE).resource(new JobBuilder()
        .withNewMetadata().withName(name).addToLabels("owner", "somebody").endMetadata()
        .withNewSpec().withNewTemplate().withNewSpec().withRestartPolicy("Never")
        .addNewContainer().withName("c").withImage("theirs").endContainer().endSpec().endTemplate().endSpec()
        .build()).create();
    awaitEnd("runner-" + id + "-gen1");

    sendEvent(id);
    sendEvent(id);

    assertThat(conditions(id, "waiter")).isEqualTo(REFUSED);
    assertThat(message(id, "waiter", "Applied")).startsWith("Failed to create workload: Job " + name)
        .endsWith("Delete or rename it.");
    assertThat(job(name).getMetadata().getLabels()).containsEntry("owner", "somebody").hasSizeLessThan(3);
    assertThat(job(name).getSpec().getTemplate().getSpec().getContainers().get(0).getImage()).isEqualTo("theirs");
  }
}
