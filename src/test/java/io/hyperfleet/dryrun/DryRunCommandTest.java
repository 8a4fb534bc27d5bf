package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DryRunCommandTest extends CommandTest {

  private static final String CASES = "src/test/resources/adapters/";
  private static final String ADAPTER = """
      apiVersion: hyperfleet.io/v1
      kind: Adapter
      metadata:
        name: mine
      spec:
        template: job-adapter
        for: Cluster
        manifest: job.yaml
      """;
  private static final String JOB = """
      apiVersion: batch/v1
      kind: Job
      spec:
        template:
          spec:
            restartPolicy: Never
            containers:
              - name: run
                image: busybox:1.36
      """;

  @BeforeEach
  void writeAnAdapter() throws IOException {
    write("mine/adapter.yaml", ADAPTER);
    write("mine/job.yaml", JOB);
    write("cluster.yaml", "{id: cls-9, name: demo, generation: 3, spec: {}}");
  }

  private int dryRun(String... more) {
    var args = new ArrayList<>(List.of("dry-run", "--adapter", directory.resolve("mine").toString(),
        "--cluster", directory.resolve("cluster.yaml").toString()));
    args.addAll(Arrays.asList(more));
    return run(args.toArray(String[]::new));
  }

  @Test
  void printsTheTraceAsText() {
    int code = run("dry-run", "--adapter", "src/main/resources/adapters/placement", "--case",
        CASES + "placement/waits-for-dns");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString().lines()).containsSubsequence(
        "Adapter placement, event {id=cls-123, kind=Cluster, generation=1, event_id=dry-run, type=cluster.changed.v1, time=, reason=}",
        "Variables",
        "    adapters:",
        "Decision",
        "  applies: true",
        "Preconditions",
        "  [met] validation is available: adapters.validation.available",
        "      adapters.validation.available is true",
        "  [not met] dns is available: adapters.dns.available",
        "      adapters.dns.available is false",
        "Kubernetes",
        "  no changes",
        "Report",
        "  PUT /api/hyperfleet/v1/clusters/cls-123/statuses",
        "        reason: PreconditionsNotMet",
        "        message: 'Waiting for dependencies to be met: dns is available'",
        "Result: OK");
  }

  @Test
  void printsTheTraceAsJson() throws IOException {
    assertThat(dryRun("--output", "json")).isZero();

    assertThat(json().get("result").asText()).isEqualTo("ok");
    assertThat(json().at("/event/generation").asInt()).as("as the API would send it").isEqualTo(3);
    assertThat(json().at("/variables/cluster/name").asText()).isEqualTo("demo");
    assertThat(json().at("/decision/deleting").asBoolean()).isFalse();
    assertThat(json().get("changes")).hasSize(1);
    assertThat(json().at("/changes/0/name").asText()).isEqualTo("mine-cls-9-gen3");
    assertThat(json().at("/changes/0/object/spec/template/spec/containers/0/image").asText()).isEqualTo("busybox:1.36");
    assertThat(json().at("/reports/0/path").asText()).isEqualTo("/api/hyperfleet/v1/clusters/cls-9/statuses");
    assertThat(json().at("/reports/0/body/observed_generation").asInt()).isEqualTo(3);
    assertThat(json().get("problems")).isEmpty();
  }

  @Test
  void takesTheGenerationFromTheClusterNotFromTheEvent() throws IOException {
    write("event.json", "{\"id\": \"cls-9\", \"kind\": \"Cluster\", \"generation\": 1}");

    assertThat(dryRun("--event", directory.resolve("event.json").toString(), "--output", "json")).isZero();

    assertThat(json().at("/event/generation").asInt()).isEqualTo(1);
    assertThat(json().at("/reports/0/body/observed_generation").asInt()).isEqualTo(3);
  }

  @Test
  void failsOnAnInvalidFolderAndSaysWhere() throws IOException {
    write("mine/adapter.yaml", ADAPTER.replace("manifest:", "manifst:"));

    assertThat(dryRun()).isEqualTo(1);
    assertThat(out.toString()).startsWith("Result: FAILED, the adapter cannot be loaded")
        .contains("mine/adapter.yaml:8: spec.manifst: unknown key; allowed: template, for,");

    out.getBuffer().setLength(0);
    assertThat(dryRun("--output", "json")).isEqualTo(1);
    assertThat(json().get("result").asText()).isEqualTo("failed");
    assertThat(json().at("/problems/0").asText()).contains("spec.manifst: unknown key");
  }

  /** What a process would refuse when it loads the folder, and report as PolicyViolation, is refused here alike. */
  @ParameterizedTest
  @CsvSource({"v1, Pod, the kind Pod is not allowed; allowed",
      "v1, Secret, the kind Secret is not allowed; allowed",
      "v1, Node, the kind Node is not allowed; allowed",
      "example.com/v1, Pod, the kind Pod.example.com is not allowed; allowed"})
  void failsOnADiscoveryThatThePolicyRefuses(String apiVersion, String kind, String reason) throws IOException {
    write("mine/adapter.yaml", ADAPTER + "  discover:\n    - {name: it, apiVersion: " + apiVersion + ", kind: " + kind
        + ", byLabels: {batch.kubernetes.io/job-name: x}}\n");

    assertThat(dryRun()).isEqualTo(1);
    assertThat(out.toString()).startsWith("Result: FAILED, the adapter cannot be loaded")
        .contains("mine/adapter.yaml:10: spec.discover[0].kind: " + reason, "(hyperfleet.adapters.policy.kinds)");
  }

  @Test
  void failsOnAPreconditionThatCannotBeEvaluated() throws IOException {
    write("mine/adapter.yaml", ADAPTER + "  preconditions:\n    a region is set: cluster.spec.region != ''\n");

    assertThat(dryRun()).isEqualTo(1);
    assertThat(out.toString()).contains("[error] a region is set", "key 'region' is not present",
        "mine/adapter.yaml:10: spec.preconditions.a region is set: CEL 'cluster.spec.region != ''': ",
        "write has(cluster.spec.region) or cluster.spec.?region.orValue(...)",
        "cluster.spec.region is absent", "Result: FAILED");
  }

  @Test
  void failsWhenApplicabilityCannotBeSaid() throws IOException {
    write("mine/adapter.yaml", ADAPTER + "  appliesWhen: cluster.spec.provider == 'gcp'\n");

    assertThat(dryRun()).isEqualTo(1);
    assertThat(out.toString()).contains("Health is False: ", "key 'provider' is not present");
  }

  @Test
  void saysWhyAnAdapterDoesNotApply() {
    assertThat(
        run("dry-run", "--adapter", "examples/adapters/gcp-network", "--case", CASES + "gcp-network/other-provider"))
        .isZero();

    assertThat(out.toString()).contains("  [not met] appliesWhen: cluster.spec.?provider",
        "cluster.spec.?provider is \"aws\"",
        "  [not asked] validation is available", "reason: NotApplicable");
  }

  @Test
  void failsOnAManifestThatCannotBeFilledIn() throws IOException {
    write("mine/job.yaml", JOB.replace("busybox:1.36", "${cluster.spec.image}"));

    assertThat(dryRun()).isEqualTo(1);
    assertThat(out.toString()).contains("Health is False: Failed to create workload: ", "job.yaml:9: ",
        "key 'image' is not present");
  }

  @Test
  void failsOnAManifestThatKubernetesWouldRefuse() throws IOException {
    write("mine/job.yaml", JOB.replace("Never", "Always"));

    assertThat(dryRun()).isEqualTo(1);
    assertThat(out.toString()).contains("create Job hyperfleet-adapters/mine-cls-9-gen3: refused with 422",
        "spec.template.spec.restartPolicy: must be Never or OnFailure");
  }

  @Test
  void refusesAFieldThatKubernetesWouldDrop() throws IOException {
    write("mine/job.yaml", JOB.replace("image: busybox:1.36", "image: busybox:1.36\n          comand: [echo]"));

    assertThat(dryRun()).isEqualTo(1);
    assertThat(out.toString())
        .contains("job.yaml:10: spec.template.spec.containers[0].comand: unknown field; did you mean command?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Banana", "Clusters", "ClusteR", "Nodepool", "Node", "Adapter", "Job"})
  void refusesAKindThatIsNone(String kind) throws IOException {
    write("mine/adapter.yaml", ADAPTER.replace("for: Cluster", "for: " + kind));

    assertThat(dryRun()).isEqualTo(1);
    assertThat(run("adapter", "lint", directory.resolve("mine").toString())).isEqualTo(3);
    var refusal = "mine/adapter.yaml:7: spec.for: unknown kind " + kind + "; allowed: Cluster, NodePool";
    assertThat(out.toString()).startsWith("Result: FAILED, the adapter cannot be loaded").containsSubsequence(refusal,
        refusal);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void givesTheReasonWhenNothingIsReported() throws IOException {
    write("faults.yaml", "- {to: api, verb: update, status: 400, message: The report is not liked}");

    assertThat(dryRun("--faults", directory.resolve("faults.yaml").toString(), "--output", "json")).isEqualTo(1);
    assertThat(json().at("/problems/0").asText()).startsWith("nothing would be reported: ")
        .contains("The report is not liked");
  }

  @Test
  void warnsOfAnAdapterThatNobodyHas() throws IOException {
    write("mine/adapter.yaml", ADAPTER + "  preconditions:\n    other: adapters.othr.available\n");

    assertThat(dryRun()).isZero();
    assertThat(out.toString()).contains("Warning: ",
        "mine/adapter.yaml:10: spec.preconditions.other: refers to the adapter 'othr', which is not known here");
  }

  @Test
  void knowsTheAdaptersInTheFoldersBeside() throws IOException {
    write("mine/adapter.yaml", ADAPTER + "  preconditions:\n    other: adapters.othr.available\n");
    write("othr/adapter.yaml", "broken");

    assertThat(dryRun()).isZero();
    assertThat(out.toString()).doesNotContain("Warning: ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      cluster.name + cluster.generation       | No matching overload for function '_+_': not defined for these types
      cluster.spec.costCentr                  | key 'costCentr' is not present in cluster.spec; where it may be
      condition(cluster.name, 'Ready').status | condition requires a resource, or its conditions
      resources.nope.status.foo               | refers to unknown resource 'nope'; known: job
      """)
  void failsOnDataThatCannotBeEvaluated(String expression, String reason) throws IOException {
    write("mine/adapter.yaml", ADAPTER + "  data:\n    x: " + expression + "\n");
    write("job.yaml", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: mine-cls-9-gen3}\n"
        + "status: {succeeded: 1, conditions: [{type: Complete, status: \"True\"}]}\n");

    assertThat(dryRun("--resources", directory.resolve("job.yaml").toString())).isEqualTo(1);
    assertThat(out.toString().replaceAll("\\s+", " ")).contains(
        "mine/adapter.yaml:10: spec.data.x: CEL '" + expression + "': " + reason, "Result: FAILED");
  }

  @Test
  void failsWhenTheEventIsAboutAnotherCluster() throws IOException {
    write("event.json", "{\"id\": \"cls-1\", \"kind\": \"Cluster\", \"generation\": 1}");

    assertThat(dryRun("--event", directory.resolve("event.json").toString())).isEqualTo(1);
    assertThat(out.toString()).contains("the event is about cls-1, the resource that was given is cls-9");
  }

  @Test
  void saysWhichInputIsWrong() throws IOException {
    assertThat(run("dry-run", "--adapter", directory.resolve("mine").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no cluster given; set one with --cluster");

    write("faults.yaml", "- {to: broker}");
    assertThat(dryRun("--faults", directory.resolve("faults.yaml").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("faults.yaml:1: to: invalid value; allowed: api, kubernetes");

    assertThat(dryRun("--statuses", "none.yaml")).isEqualTo(2);
    assertThat(err.toString()).contains("none.yaml: file does not exist");

    write("broken.yaml", "a: [");
    assertThat(dryRun("--resources", directory.resolve("broken.yaml").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("broken.yaml:1: neither YAML nor JSON");

    assertThat(dryRun("--what")).isEqualTo(2);
    assertThat(err.toString()).contains("Unknown option: '--what'", "Usage: java -jar hyperfleet.jar dry-run");
  }

  @Test
  void testAdapterRecordsWhatIsMissingAndFindsWhatDiffers() throws IOException {
    write("cases/created/in-cluster.yaml", "{id: cls-9, name: demo, generation: 3}");
    var args = new String[]{"test-adapter", "--adapter", directory.resolve("mine").toString(), "--cases",
        directory.resolve("cases").toString()};

    assertThat(run(args)).isEqualTo(1);
    assertThat(out.toString()).contains("FAILED  created", "no out-* files; --record writes them");
    var recording = Arrays.copyOf(args, args.length + 1);
    recording[args.length] = "--record";
    assertThat(run(recording)).isZero();
    assertThat(run(args)).isZero();
    assertThat(Files.readString(directory.resolve("cases/created/out-report.yaml"))).contains("reason: JobLaunched");

    write("cases/created/out-report.yaml", "{observed_generation: 4, data: {x: 1}, adapter: null}");
    write("cases/created/out-changes.yaml", "[]");
    assertThat(run(args)).isEqualTo(1);
    assertThat(out.toString()).contains("out-report.observed_generation: is 3, expected 4",
        "out-report.data: is absent, expected {x=1}", "out-report.adapter: is mine, must be absent",
        "out-changes: has 1 items, expected 0", "1 cases, 1 failed");

    write("cases/created/out-reprot.yaml", "{}");
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString()).contains("out-reprot.yaml: unknown file name; allowed: out-report, out-changes");
  }

  @Test
  void recordsWhatHasChangedAndLeavesTheRest() throws IOException {
    write("mine/cases/created/in-cluster.yaml", "{id: cls-9, name: demo, generation: 3} # mine");
    write("mine/cases/created/out-report.json",
        "{\"observed_generation\": 4, \"conditions\": [{\"type\": \"Applied\"}, {\"status\": \"True\"}, {}], \"data\": {\"x\": 1}}");
    write("mine/cases/created/out-changes.yaml", "- {kind: Job, name: mine-...} # any generation\n");
    write("mine/cases/other/in-cluster.yaml", "{id: cls-1}");
    var folder = directory.resolve("mine").toString();

    assertThat(run("adapter", "test", folder)).isEqualTo(1);
    out.getBuffer().setLength(0);
    assertThat(run("adapter", "test", folder, "--record")).as(out + "" + err).isZero();

    assertThat(out.toString()).containsSubsequence("changed ", "created/out-report.json",
        "          out-report.observed_generation: is 3, expected 4", "ok      created",
        "wrote   ", "other/out-report.yaml", "wrote   ", "other/out-changes.yaml", "ok      other",
        "2 cases, 0 failed");
    assertThat(Files.readString(directory.resolve("mine/cases/created/in-cluster.yaml"))).endsWith("# mine");
    assertThat(Files.readString(directory.resolve("mine/cases/created/out-changes.yaml"))).endsWith("any generation\n");
    var report = JSON.readTree(directory.resolve("mine/cases/created/out-report.json").toFile());
    assertThat(report).hasToString("{\"observed_generation\":3,\"conditions\":[{\"type\":\"Applied\"},"
        + "{\"status\":\"Unknown\"},{}],\"data\":null}");
    out.getBuffer().setLength(0);
    assertThat(run("adapter", "test", folder, "--record")).isZero();
    assertThat(out.toString()).doesNotContain("changed ", "wrote ");
  }

  @Test
  void testsAsJson() throws IOException {
    write("mine/cases/created/in-cluster.yaml", "{id: cls-9, name: demo, generation: 3}");
    write("mine/cases/created/out-report.yaml", "{observed_generation: 4}");
    var folder = directory.resolve("mine").toString();

    assertThat(run("test-adapter", "--adapter", folder, "--output", "json")).isEqualTo(1);
    assertThat(json().at("/result").asText()).isEqualTo("failed");
    assertThat(json().at("/cases/0/name").asText()).isEqualTo("created");
    assertThat(json().at("/cases/0/differences/0").asText()).contains("is 3, expected 4");

    out.getBuffer().setLength(0);
    assertThat(run("adapter", "test", "--record", "--output", "json", folder)).isZero();
    assertThat(json().at("/result").asText()).isEqualTo("ok");
    assertThat(json().at("/cases/0/recorded/0/change").asText()).isEqualTo("changed");
    assertThat(json().at("/cases/0/recorded/1/change").asText()).isEqualTo("wrote");

    write("mine/adapter.yaml", ADAPTER.replace("manifest:", "manifst:"));
    out.getBuffer().setLength(0);
    assertThat(run("adapter", "test", folder, "--output", "json")).isEqualTo(1);
    assertThat(json().at("/problems/0").asText()).contains("spec.manifst: unknown key");
    assertThat(json().at("/result").asText()).isEqualTo("failed");
  }
}
