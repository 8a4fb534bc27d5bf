package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code adapter lint} finds by evaluating expressions, and the Role that it prints. */
class LintSamplesTest extends CommandTest {

  private static final String ADAPTER = """
      apiVersion: hyperfleet.io/v1
      kind: Adapter
      metadata: {name: mine}
      spec:
        template: job-adapter
        for: Cluster
        manifest: job.yaml
      """;
  private static final String JOB = """
      apiVersion: batch/v1
      kind: Job
      spec: {template: {spec: {restartPolicy: Never, containers: [{name: run, image: "busybox:1.36", env: [
        {name: X, value: "%s"}]}]}}}
      """;

  @BeforeEach
  void writeAnAdapter() throws IOException {
    write("mine/adapter.yaml", ADAPTER);
    write("mine/job.yaml", JOB.formatted("x"));
  }

  private int lint(String... more) {
    out.getBuffer().setLength(0);
    var args = new ArrayList<>(List.of("adapter", "lint", directory.resolve("mine").toString()));
    args.addAll(Arrays.asList(more));
    return run(args.toArray(String[]::new));
  }

  private List<String> warnings(String... more) throws IOException {
    var args = new ArrayList<>(List.of("--output", "json"));
    args.addAll(Arrays.asList(more));
    assertThat(lint(args.toArray(String[]::new))).as(out + "" + err).isZero();
    List<String> warnings = new ArrayList<>();
    json().get("warnings").forEach(one -> warnings.add(one.asText()));
    return warnings;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      appliesWhen: cluster.spec.provider == 'gcp'               | spec.appliesWhen: CEL 'cluster.spec.provider == 'gcp'': key 'provider' is not present in cluster.spec; where it may be absent, write has(cluster.spec.provider) or cluster.spec.?provider.orValue(...)
      appliesWhen: cluster.labels.tier == 'gold'                | spec.appliesWhen: CEL 'cluster.labels.tier == 'gold'': key 'labels' is not present in cluster;
      preconditions: {a: "cluster.spec.region != ''"}           | spec.preconditions.a: CEL 'cluster.spec.region != ''': key 'region' is not present in cluster.spec;
      postconditions: {a: "cluster.spec.size == 3"}             | spec.postconditions.a: CEL 'cluster.spec.size == 3': key 'size' is not present in cluster.spec;
      data: {a: cluster.spec.a.b}                               | spec.data.a: CEL 'cluster.spec.a.b': key 'a' is not present in cluster.spec;
      data: {a: cluster.name + cluster.generation}              | spec.data.a: CEL 'cluster.name + cluster.generation': No matching overload
      conditions: {Big: "cluster.name > cluster.generation"}    | spec.conditions.Big: CEL 'cluster.name > cluster.generation': No matching overload
      messages: {JobFailed: "${cluster.spec.owner}"}            | spec.messages.JobFailed: CEL 'cluster.spec.owner': key 'owner' is not present in cluster.spec;
      data: {a: "adapters.dns.data.a + adapters.dns.data.b"}    | ``
      postconditions: {a: "resources.job.status.succeeded > 0"} | ``
      preconditions: {a: adapters.dns.conditions.Other.status == 'True'} | mine/adapter.yaml: no sample meets appliesWhen and all preconditions
      """)
  void warnsOfExpressionsThatFailOnASample(String line, String warning) throws IOException {
    write("mine/adapter.yaml", ADAPTER + "  " + line + "\n");

    var warnings = warnings();

    if (warning.isEmpty()) {
      assertThat(warnings).isEmpty();
    } else {
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0)).startsWith(directory + "/mine/adapter.yaml:").contains(warning);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      ${cluster.spec.region}            | ${cluster.spec.region}: key 'region' is not present in cluster.spec; where it may be absent, write
      in ${cluster.spec.?region}        | ``
      ${cluster.generation}             | must be text
      ${cluster.name}                   | ``
      ${adapters.dns.data.dns}          | ``
      """)
  void warnsOfManifestsThatCannotBeFilledIn(String value, String warning) throws IOException {
    write("mine/job.yaml", JOB.formatted(value));

    var warnings = warnings();

    assertThat(warnings).hasSizeLessThanOrEqualTo(1);
    if (warning.isEmpty() && !value.contains("?")) {
      assertThat(warnings).isEmpty();
    } else {
      assertThat(warnings.get(0)).startsWith(directory + "/mine/job.yaml:").contains(warning)
          .endsWith("(a cluster with an empty spec)");
    }
  }

  @Test
  void asksOnlyWhatAnEventWouldBeAsked() throws IOException {
    write("mine/adapter.yaml", ADAPTER + "  preconditions: {a region is chosen: has(cluster.spec.region)}\n");
    write("mine/job.yaml", JOB.formatted("${cluster.spec.region}-${cluster.spec.size}"));

    assertThat(warnings()).hasSize(1).allMatch(line -> line.contains("no sample meets appliesWhen"));
    write("cluster.yaml", "{id: cls-9, name: demo, spec: {region: eu}}");
    var file = directory.resolve("cluster.yaml").toString();
    assertThat(warnings("--cluster", file)).hasSize(1)
        .allMatch(
            line -> line.contains("key 'size' is not present in cluster.spec") && line.endsWith("(" + file + ")"));
    write("mine/cases/acts/in-cluster.yaml", "{id: cls-9, spec: {region: eu, size: 3}}");
    assertThat(warnings()).as("what holds on a golden case").isEmpty();
  }

  @Test
  void triesTheGoldenCasesButThoseThatSayWhatIsWrong() throws IOException {
    write("mine/adapter.yaml",
        ADAPTER + "  postconditions: {ok: resources.job.status.succeeded + cluster.spec.n > 0}\n");
    write("mine/cases/done/in-cluster.yaml", "{id: cls-9, spec: {n: many}}");
    write("mine/cases/done/in-resources.yaml",
        "{apiVersion: batch/v1, kind: Job, metadata: {name: x}, status: {succeeded: 1}}");
    write("mine/cases/known/in-cluster.yaml", "{id: cls-9, spec: {n: known}}");
    write("mine/cases/known/out-problems.yaml", "[...]");
    write("mine/cases/wrong/in-cluster.yaml", "{id: 5}");

    assertThat(warnings()).satisfiesExactly(
        line -> assertThat(line).contains("cases/wrong/in-cluster.yaml:1: id: must be text"),
        line -> assertThat(line).contains("spec.postconditions.ok", "No matching overload").endsWith("(cases/done)"));
  }

  @Test
  void takesNodePoolsAndTheirClusters() throws IOException {
    write("mine/adapter.yaml", ADAPTER.replace("for: Cluster", "for: NodePool"));
    write("mine/job.yaml",
        JOB.formatted("${nodepool.spec.size}-${cluster.spec.region}-${nodepool.owner_references.id}"));
    write("cluster.yaml", "{id: cls-9, spec: {region: eu}}");

    assertThat(warnings("--cluster", directory.resolve("cluster.yaml").toString())).hasSize(1)
        .allMatch(line -> line.contains("nodepool.spec.size") && line.endsWith("(a nodepool with an empty spec)"));
  }

  @Test
  void tellsAllMistakesOfAFolderAtOnce() throws IOException {
    write("mine/adapter.yaml", ADAPTER + """
          preconditons: {a: "true"}
          appliesWhen: cluster.name ==
          concurrency: many
          data: {a: resources.nope.x, b: "1 +"}
        """);
    write("mine/job.yaml", JOB.formatted("x").replace("restartPolicy", "restartPolcy"));

    assertThat(lint()).isEqualTo(3);
    assertThat(out.toString()).contains("adapter.yaml:8: spec.preconditons: unknown key",
        "adapter.yaml:9: spec.appliesWhen: ",
        "adapter.yaml:10: spec.concurrency: must be a whole number", "adapter.yaml:11: spec.data.b: ",
        "job.yaml:3: spec.template.spec.restartPolcy: unknown field", "5 would be rejected");
  }

  @Test
  void aClusterThatCannotBeUsedEndsWithTwo() {
    assertThat(lint("--cluster", directory.resolve("none.yaml").toString())).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1).allMatch(line -> line.endsWith("none.yaml: file does not exist"));
  }

  @Test
  void printsARoleThatCanBeApplied() throws IOException {
    assertThat(lint("--role")).isZero();

    var objects = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(out.toString()).readAll().stream()
        .filter(JsonNode::isObject).toList();
    assertThat(objects).hasSize(1);
    assertThat(objects.get(0)).hasToString("{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"Role\","
        + "\"metadata\":{\"name\":\"adapter-mine\",\"namespace\":\"hyperfleet-adapters\"},\"rules\":["
        + "{\"apiGroups\":[\"batch\"],\"resources\":[\"jobs\"],\"verbs\":[\"get\",\"list\",\"watch\",\"create\",\"delete\"]},"
        + "{\"apiGroups\":[\"\"],\"resources\":[\"pods\",\"events\"],\"verbs\":[\"list\"]}]}");
    assertThat(lint("--role", "--output", "json")).isZero();
    assertThat(json().at("/roles/0")).isEqualTo(objects.get(0));
  }
}
