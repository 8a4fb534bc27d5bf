package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class RolloutTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      v1      | ConfigMap   | {}                 | -                                                                | -
      batch/v1| Job         | {}                 | {active: 1}                                                      | -
      d.io/v1 | Thing       | {}                 | {}                                                               | -
      d.io/v1 | Thing       | {}                 | {observedGeneration: 2}                                          | -
      d.io/v1 | Thing       | {}                 | {observedGeneration: 1} | Thing x is not yet observed by its controller at generation 2
      apps/v1 | Deployment  | {replicas: 1}      | -                       | Deployment x is not yet observed by its controller at generation 2
      apps/v1 | Deployment  | {replicas: 1}      | {observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1} | Deployment x is not yet observed by its controller at generation 2
      apps/v1 | Deployment  | {replicas: 3}      | {observedGeneration: 2, replicas: 3, updatedReplicas: 1, availableReplicas: 3} | Deployment x: 1 of 3 replicas are updated
      apps/v1 | Deployment  | {replicas: 1}      | {observedGeneration: 2, replicas: 2, updatedReplicas: 1, availableReplicas: 2} | Deployment x: 1 old replicas remain
      apps/v1 | Deployment  | {}                 | {observedGeneration: 2, replicas: 1, updatedReplicas: 1}         | Deployment x: 0 of 1 replicas are available
      apps/v1 | Deployment  | {replicas: 2}      | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2} | -
      apps/v1 | Deployment  | {replicas: 0}      | {observedGeneration: 2}                                          | -
      apps/v1 | Deployment  | {}                 | {observedGeneration: 2, conditions: [{type: Progressing, reason: ProgressDeadlineExceeded, message: m}]} | Deployment x: its rollout has exceeded its progress deadline: m
      apps/v1 | StatefulSet | {replicas: 2}      | {observedGeneration: 2, updatedReplicas: 2, availableReplicas: 1} | StatefulSet x: 1 of 2 replicas are available
      apps/v1 | DaemonSet   | {}                 | {observedGeneration: 2, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2} | -
      """)
  void saysWhatIsStillToBeWaitedFor(String apiVersion, String kind, String spec, String status, String pending) {
    var yaml = new Yaml();
    Map<String, Object> object = yaml.load("{apiVersion: %s, kind: %s, metadata: {name: x, generation: 2}, spec: %s%s}"
        .formatted(apiVersion, kind, spec, status == null ? "" : ", status: " + status));

    assertThat(Rollout.pending(object).orElse(null)).isEqualTo(pending);
  }

  @ParameterizedTest
  @CsvSource({"ConfigMap", "Job", "Thing"})
  void whatIsBeingDeletedIsNotThere(String kind) {
    assertThat(Rollout.pending(Map.of("apiVersion", "v1", "kind", kind,
        "metadata", Map.of("name", "x", "deletionTimestamp", "2026-01-01T00:00:00Z"))))
        .contains(kind + " x is being deleted");
  }
}
