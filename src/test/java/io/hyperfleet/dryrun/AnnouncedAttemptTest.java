package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.dryrun.input.ScenarioBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What replaces a failed Job is reported before that is deleted. */
class AnnouncedAttemptTest {

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({"503, 0", "400, 0", "0, 0", ", 2"})
  void nothingIsDeletedThatTheApiHasNotTaken(Integer status, int changes) throws IOException {
    write(status, "{finish: the line}", """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: finisher-cls-123-gen1
          annotations:
            hyperfleet.io/attempt: '1'
        status:
          conditions:
            - type: Failed
              status: 'True'
              reason: BackoffLimitExceeded
              message: Job has reached the specified backoff limit
        """);
    try (var dryRun = load("finisher")) {
      var trace = dryRun.run(new ScenarioBuilder().files(folder).build());

      assertThat(trace.changes()).as(trace.toString()).hasSize(changes);
      if (status == null) {
        assertThat(trace.reports()).hasSize(2);
        assertThat(trace.reports().get(0).body().get("launched"))
            .hasToString("[{object=Job finisher-cls-123-gen1, generation=1, attempt=2}]");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"503, 0", "400, 0", "0, 0", ", 1"})
  void norOfAJobAmongResources(Integer status, int deleted) throws IOException {
    write(status, "{}", """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: binder-cls-123
          annotations:
            hyperfleet.io/manifest-digest: of-another-manifest
        """);
    try (var dryRun = load("binder")) {
      var trace = dryRun.run(new ScenarioBuilder().files(folder).build());

      assertThat(trace.changes()).filteredOn(change -> change.verb().equals("delete")).as(trace.toString())
          .hasSize(deleted);
    }
  }

  /** @param status what the API answers a report, 0 when it is away; null for its own answer */
  private void write(Integer status, String spec, String objects) throws IOException {
    Files.writeString(folder.resolve("in-cluster.yaml"),
        "{id: cls-123, kind: Cluster, name: prod, generation: 1, spec: " + spec + "}");
    Files.writeString(folder.resolve("in-resources.yaml"), objects);
    if (status != null) {
      Files.writeString(folder.resolve("in-faults.yaml"), "- to: api\n  verb: update\n  status: " + status + "\n");
    }
  }

  private static DryRun load(String adapter) {
    return DryRun.load(Path.of("src/test/resources/adapters-under-test", adapter)).dryRun().orElseThrow();
  }
}
