package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code adapter try --watch}: each saved file is tried, broken ones too, until somebody ends it. */
class TryWatchTest extends CommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String JOB = """
      apiVersion: batch/v1
      kind: Job
      spec: {template: {spec: {restartPolicy: Never, containers: [{name: run, image: "%s"}]}}}
      """;

  private FutureTask<Integer> command;
  private Thread thread;

  private void watch(String... more) throws IOException {
    write("mine/adapter.yaml", """
        apiVersion: hyperfleet.io/v1
        kind: Adapter
        metadata: {name: mine}
        spec: {template: job-adapter, for: Cluster, manifest: job.yaml}
        """);
    write("mine/job.yaml", JOB.formatted("first:1"));
    write("cluster.yaml", "{id: cls-9, name: demo}");
    var args = new ArrayList<>(List.of("adapter", "try", directory.resolve("mine").toString(),
        "--watch", "--cluster", directory.resolve("cluster.yaml").toString()));
    args.addAll(List.of(more));
    command = new FutureTask<>(() -> run(args.toArray(String[]::new)));
    thread = new Thread(command);
    thread.start();
  }

  /** As Ctrl-C does. */
  @AfterEach
  void end() throws InterruptedException {
    if (thread != null) {
      thread.interrupt();
      thread.join();
    }
  }

  private void awaitOutput(String text) {
    await().atMost(PATIENCE).until(() -> out.toString().contains(text));
  }

  @Test
  void runsAgainOnEachChangeOfTheAdapterAndOfItsInputs() throws Exception {
    watch();
    awaitOutput("is watched; stop with Ctrl-C");
    assertThat(out.toString()).contains("image: first:1", "Result: OK");

    write("mine/job.yaml", JOB.formatted("second:2"));
    awaitOutput("image: second:2");
    assertThat(out.toString()).contains(", changed: job.yaml");

    write("cluster.yaml", "{id: cls-10, name: demo}");
    awaitOutput("mine-cls-10-gen1");

    write("mine/adapter.yaml", "apiVersion: hyperfleet.io/v1");
    awaitOutput("Result: FAILED, the adapter cannot be loaded");

    write("cluster.yaml", "{id: 5}");
    await().atMost(PATIENCE).until(() -> err.toString().contains("cluster.yaml:1: id: must be text"));

    write("cluster.yaml", "{id: cls-11, name: demo}");
    write("mine/adapter.yaml", """
        apiVersion: hyperfleet.io/v1
        kind: Adapter
        metadata: {name: mine}
        spec: {template: job-adapter, for: Cluster, manifest: other.yaml, concurrency: 2}
        """);
    Files.move(directory.resolve("mine/job.yaml"), directory.resolve("mine/other.yaml"));
    awaitOutput("mine-cls-11-gen1");

    thread.interrupt();
    assertThat(command.get()).isZero();
  }

  @Test
  void endsWithTheCodeOfItsLastRun() throws Exception {
    watch("--output", "json");
    awaitOutput("\"result\" : \"ok\"");
    write("mine/job.yaml", JOB.formatted("${cluster.spec.image}"));
    awaitOutput("\"result\" : \"failed\"");

    thread.interrupt();
    assertThat(command.get()).isEqualTo(1);
    try (var values = JSON.readerFor(Object.class).readValues(out.toString())) {
      assertThat(values.readAll()).as("a value a run, and nothing else").hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void doesNotBeginWithWhatCannotBeUsed() throws Exception {
    watch("--statuses", directory.resolve("none.yaml").toString());

    assertThat(command.get()).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1).allMatch(line -> line.endsWith("none.yaml: file does not exist"));
  }
}
