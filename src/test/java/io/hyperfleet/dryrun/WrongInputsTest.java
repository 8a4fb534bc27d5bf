package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.dryrun.input.Scenario;
import io.hyperfleet.dryrun.input.ScenarioBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever stands in the files of a dry run: a wrong one is told with file, line and key, and exit code 2. */
class WrongInputsTest extends CommandTest {

  private static final long SEED = 17;
  private static final int GENERATED = 400;
  private static final List<String> VALUES = List.of("5", "1.5", "true", "~", "[]", "[1, ~]", "{}", "{a: [~]}", "''",
      "'two words'", "-1", "1e400", "0x10", "2026-01-01", "a/../b", "'\u202e'", "12345678901234567890123", "'x\\ny'");

  /** Files that are well, each with the option that takes it; a line holds one key, so that it can be replaced. */
  private static final Map<String, String> WELL = Map.of(
      "--cluster", """
          id: cls-9
          name: demo
          generation: 3
          labels:
            tier: gold
          spec:
            region: eu
          owner_references:
            id: x
          adapter_statuses:
            - adapter: dns
              observed_generation: 1
          """,
      "--statuses", """
          - adapter: dns
            observed_generation: 1
            conditions:
              - type: Available
                status: "True"
                reason: Fine
          """,
      "--resources", """
          apiVersion: batch/v1
          kind: Job
          metadata:
            name: mine-cls-9-gen3
            namespace: hyperfleet-adapters
            labels:
              a: b
            annotations:
              a: b
          """,
      "--faults", """
          - to: kubernetes
            verb: create
            resource: jobs
            status: 403
            message: no
          """,
      "--event", """
          id: cls-9
          kind: Cluster
          generation: 3
          """);

  @BeforeEach
  void writeAnAdapter() throws IOException {
    write("mine/adapter.yaml", """
        apiVersion: hyperfleet.io/v1
        kind: Adapter
        metadata: {name: mine}
        spec: {template: job-adapter, for: Cluster, manifest: job.yaml}
        """);
    write("mine/job.yaml", """
        apiVersion: batch/v1
        kind: Job
        spec: {template: {spec: {restartPolicy: Never, containers: [{name: run, image: "busybox:1.36"}]}}}
        """);
    write("good.yaml", "id: cls-9");
  }

  private int dryRun(String option, String text) throws IOException {
    write("input.yaml", text);
    var args = new ArrayList<>(List.of("dry-run", "--adapter", directory.resolve("mine").toString()));
    if (!option.equals("--cluster")) {
      args.addAll(List.of("--cluster", directory.resolve("good.yaml").toString()));
    }
    args.addAll(List.of(option, directory.resolve("input.yaml").toString()));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return run(args.toArray(String[]::new));
  }

  @Test
  void toldWithFileLineAndKey() throws IOException {
    for (String[] wrong : new String[][]{
        {"--cluster", "name: x", "input.yaml:1: id: missing; Id of the resource"},
        {"--cluster", "name: x\nid: 5", "input.yaml:2: id: must be text, put 5 in quotes; Id of the resource"},
        {"--cluster", "id: a/b", "input.yaml:1: id: invalid format; must match ^[A-Za-z0-9]"},
        {"--cluster", "id: a\ngeneration: x", "input.yaml:2: generation: must be a whole number; Generation of"},
        {"--cluster", "id: a\ngeneration: 0", "input.yaml:2: generation: too small; must be at least 1"},
        {"--cluster", "id: a\nspec: [1]", "input.yaml:2: spec: must be a map; Desired state of"},
        {"--cluster", "id: a\nlabels:\n  a: yes\n  b: 5", "input.yaml:4: labels.b: must be text, put 5 in quotes"},
        {"--cluster", "- 1", "input.yaml:1: must be a map; A cluster or node pool"},
        {"--cluster", "id: a\nid: b", "input.yaml:2: neither YAML nor JSON: "},
        {"--cluster", "id: a\nspec:\n\tx: 1", "input.yaml:3: neither YAML nor JSON: "},
        {"--cluster", "id: a\nspec: !!java.net.URL [x]", "input.yaml:2: neither YAML nor JSON: "},
        {"--cluster", "id: a\nspec: &a\n  b: *a", "input.yaml"},
        {"--statuses", "- adapter: dns\n- observed_generation: 1", "input.yaml:2: adapter: missing; Name of the"},
        {"--statuses", "items:\n- adapter: dns\n  conditions:\n  - type: X\n    status: Maybe",
            "input.yaml:5: conditions[0].status: invalid value; allowed: True, False, Unknown"},
        {"--resources", "apiVersion: v1\nkind: Pod\n---\nkind: Pod\nmetadata: {name: x}",
            "input.yaml:1: metadata: missing; Metadata of the object"},
        {"--faults", "- to: broker", "input.yaml:1: to: invalid value; allowed: api, kubernetes"},
        {"--faults", "- to: api\n  verb: 5", "input.yaml:2: verb: invalid value; allowed: get, list, create, update"},
        {"--faults", "- to: api\n  stats: 5", "input.yaml:2: stats: unknown key; allowed: to, verb, resource, sta"},
        {"--faults", "- to: api\n  status: 200",
            "input.yaml:2: status: invalid value; HTTP status of the response, 400"},
        {"--event", "data: 5", "input.yaml:1: data: must be a map; Data of the CloudEvent"}}) {
      assertThat(dryRun(wrong[0], wrong[1])).as(wrong[1] + "\n" + out + err).isEqualTo(2);
      assertThat(err.toString()).as(wrong[1]).contains(wrong[2]).doesNotContain("\tat ");
    }
  }

  @Test
  void endWithAReason() throws IOException {
    var random = new Random(SEED);
    int refused = 0;
    int told = 0;
    var dryRun = DryRun.load(directory.resolve("mine")).dryRun().orElseThrow();
    var options = WELL.keySet().stream().sorted().toList();
    for (int i = 0; i < GENERATED; i++) {
      var option = options.get(i % options.size());
      var lines = new ArrayList<>(WELL.get(option).lines().toList());
      int at = random.nextInt(lines.size());
      var value = VALUES.get(random.nextInt(VALUES.size()));
      switch (random.nextInt(4)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.set(at, lines.get(at).replaceFirst("^( *)(- )?[a-zA-Z_]+:", "$1$2" + value + ":"));
        case 2 -> lines.add(at, "  " + lines.get(at));
        default -> lines.set(at, lines.get(at).replaceFirst(":.*", ": " + value.replace("\\", "\\\\")));
      }
      var text = String.join("\n", lines);

      try {
        var trace = dryRun.run(scenario(option, text));
        assertThat(trace.problems()).as(text)
            .allMatch(problem -> problem.matches("(?s).{20,}") && !problem.endsWith(": "));
        told++;
      } catch (InputException e) {
        assertThat(e.getMessage().lines()).as(text).isNotEmpty()
            .allMatch(line -> line.matches(".*input\\.yaml.*: .*")).noneMatch(line -> line.contains("reference chain"));
        refused++;
      }
    }
    dryRun.close();
    assertThat(refused).isGreaterThan(GENERATED / 5);
    assertThat(told).isGreaterThan(GENERATED / 5);
  }

  /** Files that are none of what any option takes, or hardly. */
  private List<Path> unusable() throws IOException {
    var texts = new ArrayList<>(List.of("", "5", "~", "[1, 2", "- - -", "a:\n\tb: 1", "a: !!java.net.URL [x]",
        "a: &x [*x]",
        "{}", "{id: [1]}", "x".repeat(300_000), "[".repeat(200), "? {a: b}\n: c", "a: 1\na: 2", "--- 1\n--- 2", "\0\0",
        "hyperfleet: 5", "hyperfleet.adapters.policy: {pod-securty: x}", "id: a\nid: b", "- {adapter: 5}", "<html>"));
    List<Path> files = new ArrayList<>(List.of(directory.resolve("none"), directory.resolve("none/none.yaml"),
        Files.createDirectories(directory.resolve("folder.yaml")),
        Files.write(directory.resolve("binary.yaml"), new byte[]{(byte) 0xff, (byte) 0xfe, 0, 1})));
    for (int i = 0; i < texts.size(); i++) {
      files.add(Files.writeString(directory.resolve("unusable-" + i + ".yaml"), texts.get(i)));
    }
    return files;
  }

  @Test
  void everyOptionOfEveryCommandTellsWhatIsWrongWithItsFile() throws IOException {
    // Cannot be loaded, so that nothing is started where an input can be used after all.
    var mine = directory.resolve("broken").toString();
    write("broken/adapter.yaml", "kind: Adapter");
    var good = directory.resolve("good.yaml").toString();
    var commands = List.of(
        List.of("adapter", "try", mine, "--cluster"), List.of("adapter", "try", mine, "--cluster", good, "--nodepool"),
        List.of("adapter", "try", mine, "--cluster", good, "--event"),
        List.of("adapter", "try", mine, "--cluster", good, "--statuses"),
        List.of("adapter", "try", mine, "--cluster", good, "--faults"),
        List.of("adapter", "try", mine, "--cluster", good, "--resources"),
        List.of("adapter", "try", mine, "--cluster", good, "--case"),
        List.of("adapter", "try", "--cluster", good, "--adapter"),
        List.of("adapter", "try", mine, "--cluster", "http://localhost:1/x", "--token-file"),
        List.of("adapter", "test", mine, "--cases"), List.of("adapter", "test", "--adapter"),
        List.of("adapter", "lint"), List.of("adapter", "lint", directory.resolve("mine").toString(), "--cluster"),
        List.of("adapter", "lint", mine, "--policy"),
        List.of("adapter", "lint", "--api", "http://localhost:1", "--token-file"));
    int refused = 0;
    var wrong = unusable();
    for (List<String> command : commands) {
      for (Path file : wrong) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var args = new ArrayList<>(command);
        args.add(file.toString());

        int code = run(args.toArray(String[]::new));

        assertThat(code).as("%s: %s%s", args, out, err).isIn(0, 1, 2, 3);
        assertThat(err.toString()).as("%s", args).doesNotContain("\tat ", "Exception");
        if (code == 2) {
          refused++;
          assertThat(out.toString()).as("%s", args).isEmpty();
          assertThat(err.toString().lines()).as("%s", args).isNotEmpty()
              .allMatch(line -> line.length() < 1_000 && line.matches(".+: .+|.+ answers .+|.+ cannot be read: .+"));
        } else {
          assertThat(err.toString()).as("%s", args).isEmpty();
        }
      }
    }
    assertThat(commands.size() * wrong.size()).isGreaterThan(350);
    assertThat(refused).isGreaterThan(commands.size() * wrong.size() / 2);
  }

  private Scenario scenario(String option, String text) throws IOException {
    write("input.yaml", text);
    var input = directory.resolve("input.yaml");
    var builder = new ScenarioBuilder().cluster(directory.resolve("good.yaml").toString());
    return (switch (option) {
      case "--cluster" -> builder.cluster(input.toString());
      case "--statuses" -> builder.statuses(input);
      case "--resources" -> builder.resources(List.of(input));
      case "--faults" -> builder.faults(input);
      default -> builder.event(input);
    }).build();
  }
}
