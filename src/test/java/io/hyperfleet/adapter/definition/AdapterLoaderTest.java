package io.hyperfleet.adapter.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.policy.PolicyFixture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class AdapterLoaderTest {

  private static final CelEngine ENGINE = new CelEngine();
  private static final ManifestRules RULES = PolicyFixture.rules(Map.of("namespaces", "hyperfleet-adapters,team-a"));
  private static final String JOB = "apiVersion: batch/v1\nkind: Job\nspec: {managedBy: '${cluster.id}'}\n";
  private static final String RECORD = "apiVersion: dns.hyperfleet.io/v1\nkind: DnsRecord\nmetadata: {name: 'r-${cluster.id}'}\n";

  @TempDir
  Path directory;

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static String adapter(String name, String spec) {
    return "apiVersion: hyperfleet.io/v1\nkind: Adapter\nmetadata:\n  name: " + name + "\nspec:\n"
        + spec.indent(2);
  }

  /** The adapters of the directory alone. */
  private AdapterCatalog load() {
    return new AdapterLoader(ENGINE, RULES, name -> true, "classpath*:none/*/adapter.yaml", directory.toString())
        .load();
  }

  private List<String> problems() {
    return load().problems().stream().map(AdapterProblem::toString)
        .map(text -> text.replace(directory + "/", "")).toList();
  }

  @Test
  void readsEveryKey() throws Exception {
    write("my-dns/adapter.yaml", adapter("my-dns", """
        template: resource-adapter
        for: NodePool
        description: "Says {{bean:x}} and ${env:HOME}"
        subscription: other-sub
        concurrency: 9
        namespace: team-a
        appliesWhen: nodepool.spec.?provider.orValue('') == 'gcp'
        preconditions:
          validation is available: adapters.validation.available
          mine too: adapters['my-other'].upToDate && adapters.?third.hasValue()
        manifests:
          - {name: record, file: record.yaml}
          - {name: second, file: more/second.yml, onChange: recreate}
        postconditions:
          ready: resources.record.status.ready
        data:
          dns: resources.record.status.fqdn
          port: 53
          on: true
        discover:
          - {name: service, apiVersion: v1, kind: Service, byName: "api-${nodepool.id}"}
          - {name: result, apiVersion: v1, kind: ConfigMap, byLabels: {of: "${nodepool.id}"}}
        conditions:
          Delegated: has(resources.record)
          Paid: {status: "'Unknown'", reason: NoBill, message: "of ${nodepool.id}: ${report.message}"}
        messages:
          WorkloadFailed: "Sorry: ${report.message}"
        deletion: {propagationPolicy: Orphan}
        parameters:
          domain: "{{sys:user.home}}"
          nested: {list: [1, "${bean:x}"]}
        """.replace("  on: true", "  'on': true")));
    write("my-dns/record.yaml", RECORD);
    write("my-dns/more/second.yml", RECORD);

    AdapterCatalog catalog = load();

    assertThat(catalog.errors()).isEmpty();
    AdapterDefinition definition = catalog.orThrow().definitions().get("my-dns");
    assertThat(definition.name()).isEqualTo("my-dns");
    assertThat(definition.kind()).isEqualTo("NodePool");
    assertThat(definition.template().name()).isEqualTo(AdapterDefinition.RESOURCE_ADAPTER);
    assertThat(definition.description()).isEqualTo("Says {{bean:x}} and ${env:HOME}");
    assertThat(definition.subscription()).isEqualTo("other-sub");
    assertThat(definition.concurrency()).isEqualTo(9);
    assertThat(definition.namespace()).isEqualTo("team-a");
    assertThat(definition.appliesWhen()).isPresent();
    assertThat(definition.preconditions()).extracting(AdapterCondition::name)
        .containsExactly("validation is available", "mine too");
    assertThat(definition.manifests()).extracting(ManifestTemplate::name).containsExactly("record", "second");
    assertThat(definition.postconditions()).extracting(AdapterCondition::name).containsExactly("ready");
    assertThat(definition.data()).containsOnlyKeys("dns", "port", "on").containsEntry("port", 53L);
    assertThat(definition.discover()).extracting(DiscoveredObject::name).containsExactly("service", "result");
    assertThat(definition.reporting().conditions()).extracting(CustomCondition::type).containsExactly("Delegated",
        "Paid");
    assertThat(definition.reporting().messages()).containsOnlyKeys("WorkloadFailed");
    assertThat(definition.workload()).isEqualTo(new WorkloadOptions(false, 1, Duration.ofMinutes(1),
        DeletionPropagation.ORPHAN, Set.of("second"), false, false));
    assertThat(definition.parameters()).isEqualTo(Map.of("domain", "{{sys:user.home}}",
        "nested", Map.of("list", List.of(1L, "${bean:x}"))));
    assertThat(definition.mentionedAdapters()).containsExactlyInAnyOrder("validation", "my-other", "third");
    assertThat(catalog.warnings()).extracting(AdapterProblem::message).hasSize(3)
        .anyMatch(text -> text.startsWith("refers to the adapter 'my-other', which is not known here"));
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '"', value = {"0, true", "3599, true", "3600, false", "'${1}', false"})
  void warnsOfAJobThatMayBeGoneBeforeItsEndIsSeen(String seconds, boolean warns) throws Exception {
    write("mine/adapter.yaml", adapter("mine", "template: job-adapter\nfor: Cluster\nmanifest: work.yaml\n"));
    write("mine/work.yaml", JOB.replace("spec: {", "spec: {ttlSecondsAfterFinished: " + seconds + ", "));

    assertThat(load().warnings()).filteredOn(warning -> warning.key().equals("spec.ttlSecondsAfterFinished"))
        .allMatch(warning -> warning.line() > 1 && warning.message().endsWith("raised to 3600"))
        .hasSize(warns ? 1 : 0);
  }

  @Test
  void hasDefaults() throws Exception {
    write("mine/adapter.yaml", adapter("mine", "template: job-adapter\nfor: Cluster\nmanifest: work.yaml\n"));
    write("mine/work.yaml", JOB);

    AdapterDefinition definition = load().orThrow().definitions().get("mine");

    assertThat(definition.subscription()).isEqualTo("mine-adapter-sub");
    assertThat(definition.concurrency()).isEqualTo(4);
    assertThat(definition.namespace()).isEqualTo("hyperfleet-adapters");
    assertThat(definition.description()).isEmpty();
    // Whatever the file is called: the routes know a job-adapter's object by this name.
    assertThat(definition.manifests()).extracting(ManifestTemplate::name).containsExactly("job");
    assertThat(definition.workload()).isEqualTo(WorkloadOptions.DEFAULT);
    assertThat(definition.reporting()).isEqualTo(AdapterReporting.NONE);
    assertThat(definition.discover()).isEmpty();
    assertThat(definition.applies(Map.of())).isTrue();
    assertThat(definition.unmetPreconditions(Map.of()).isEmpty()).isTrue();
  }

  static Stream<Arguments> refuses() {
    String job = "template: job-adapter\nfor: Cluster\nmanifest: job.yaml\n";
    String resource = "template: resource-adapter\nfor: Cluster\nmanifest: record.yaml\n";
    String post = "postconditions: {ok: 'true'}\n";
    return Stream.of(
        Arguments.of(job + "preconditons: {}", "mine/adapter.yaml:9: spec.preconditons: unknown key; allowed: "),
        Arguments.of("for: Cluster\nmanifest: job.yaml", "mine/adapter.yaml:5: spec.template: missing; Template"),
        Arguments.of("template: job-adapter\nmanifest: job.yaml", "mine/adapter.yaml:5: spec.for: missing; The kind"),
        Arguments.of("template: jobs\nfor: Cluster\nmanifest: job.yaml",
            "mine/adapter.yaml:6: spec.template: invalid value; allowed: job-adapter, resource-adapter"),
        Arguments.of("template: job-adapter\nfor: cluster\nmanifest: job.yaml",
            "mine/adapter.yaml:7: spec.for: invalid format; must match ^[A-Z]"),
        Arguments.of(job + "concurrency: many", "mine/adapter.yaml:9: spec.concurrency: must be a whole number; "),
        Arguments.of(job + "concurrency: 0", "mine/adapter.yaml:9: spec.concurrency: too small; must be at least 1"),
        Arguments.of(job + "concurrency: 1000", "mine/adapter.yaml:9: spec.concurrency: too large; must be at most 64"),
        Arguments.of(job + "subscription: '{{x}}'", "mine/adapter.yaml:9: spec.subscription: invalid format"),
        Arguments.of(job + "namespace: Team_A", "mine/adapter.yaml:9: spec.namespace: invalid format"),
        Arguments.of(job + "preconditions: [a]", "mine/adapter.yaml:9: spec.preconditions: must be a map; "),
        Arguments.of(job + "preconditions:\n  dns: 5", "mine/adapter.yaml:10: spec.preconditions.dns: must be text"),
        Arguments.of(job + "preconditions:\n  a.b: 'x +'",
            "mine/adapter.yaml:10: spec.preconditions.a.b: CEL 'x +'"),
        Arguments.of(job + "preconditions: {dns: ''}", "spec.preconditions.dns: invalid value; "),
        Arguments.of(job + "appliesWhen: clster.x", "mine/adapter.yaml:9: spec.appliesWhen: CEL 'clster.x', column 1: "
            + "undeclared reference to 'clster'; known variables: adapter, adapters, cluster, event, now, resources"),
        Arguments.of(job + "data: {x: [1]}",
            "mine/adapter.yaml:9: spec.data.x: must be string, number, boolean; A CEL"),
        Arguments.of(job + "data: {x: 'a b'}", "mine/adapter.yaml:9: spec.data.x: CEL 'a b', column 3"),
        Arguments.of(job + "parameters: x", "mine/adapter.yaml:9: spec.parameters: must be a map"),
        Arguments.of(job + "manifests: [{name: a, file: record.yaml}]",
            "mine/adapter.yaml:9: spec.manifests: a job-adapter runs exactly one Job"),
        Arguments.of(job + "conditions: {Available: 'true'}",
            "mine/adapter.yaml:9: spec.conditions.Available: invalid key; must match ^(?!(Applied|"),
        Arguments.of(job + "conditions: {ready: 'true'}", "mine/adapter.yaml:9: spec.conditions.ready: invalid key; "),
        Arguments.of(job + "conditions:\n  Paid:\n    state: x",
            "mine/adapter.yaml:11: spec.conditions.Paid.state: unknown"),
        Arguments.of(job + "conditions:\n  Paid:\n    reason: x", "spec.conditions.Paid.status: missing; CEL that"),
        Arguments.of(job + "conditions: {Paid: reprt}",
            "undeclared reference to 'reprt'; known variables: adapter, adapters, "
                + "cluster, event, now, report, resources"),
        Arguments.of(job + "conditions: {Paid: 5}",
            "mine/adapter.yaml:9: spec.conditions.Paid: must be string, object"),
        Arguments.of(job + "messages: {PreconditionsNotMet: x}",
            "mine/adapter.yaml:9: spec.messages.PreconditionsNotMet: invalid key; allowed: JobSucceeded, "
                + "JobInProgress, "),
        Arguments.of(job + "messages: {JobFailed: '${'}", "mine/adapter.yaml:9: spec.messages.JobFailed: '${' without"),
        Arguments.of(job + "cleanUpAfterSuccess: sometimes",
            "mine/adapter.yaml:9: spec.cleanUpAfterSuccess: must be true or false"),
        Arguments.of(job + "retry: {attempts: 0}", "spec.retry.attempts: too small; must be at least 1"),
        Arguments.of(job + "retry: {delay: soon}", "spec.retry.delay: invalid format; must match ^[0-9]{1,5}[smh]$"),
        Arguments.of(job + "deletion: {propagationPolicy: Never}",
            "spec.deletion.propagationPolicy: invalid value; allowed: Background, Foreground, Orphan"),
        Arguments.of(job + "discover:\n- {name: job, apiVersion: v1, kind: X, byName: x}",
            "mine/adapter.yaml:10: spec.discover[0].name: duplicate name"),
        Arguments.of(job + "discover:\n- {name: a, apiVersion: v1, kind: X}",
            "mine/adapter.yaml:10: spec.discover[0]: set either byName or byLabels"),
        Arguments.of(job + "discover:\n- {name: a, apiVersion: '{{bean:x}}', kind: X, byName: x}",
            "spec.discover[0].apiVersion: invalid format"),
        Arguments.of(resource + post + "retry: {attempts: 2}", "spec.retry: only allowed for a job-adapter"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: braces.yaml",
            "mine/braces.yaml:2: kind: missing or not a constant"),
        Arguments.of("template: job-adapter\nfor: Cluster", "spec.manifest: missing; a job-adapter needs"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: absent.yaml",
            "mine/adapter.yaml:8: spec.manifest: file not found: absent.yaml"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: ../other/job.yaml",
            "spec.manifest: invalid format"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: a/../../x.yaml", "spec.manifest: invalid format"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: /etc/x.yaml", "spec.manifest: invalid format"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: http://x/y.yaml", "spec.manifest: invalid format"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: link.yaml",
            "spec.manifest: file not found: link.yaml"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: record.yaml",
            "mine/record.yaml:2: kind: a job-adapter runs a Job"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: named.yaml",
            "mine/named.yaml:3: metadata.name: remove it; the platform names the Job"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: bad.yaml",
            "mine/bad.yaml:4: spec.x: CEL 'nope', column 1"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: syntax.yaml", "mine/syntax.yaml:2: not valid"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: list.yaml", "mine/list.yaml:1: not a Kubernetes"),
        Arguments.of("template: job-adapter\nfor: Cluster\nmanifest: finalized.yaml",
            "mine/finalized.yaml:5: metadata.finalizers: remove it; a job-adapter sends only labels and annotations "
                + "of a Job's metadata"),
        Arguments.of(job + "description: yes",
            "mine/adapter.yaml:9: spec.description: must be text, put yes in quotes; What"),
        Arguments.of(job + "discover:\n- {name: a, apiVersion: v1, kind: X, byLabels: {a: 1.10}}",
            "mine/adapter.yaml:10: spec.discover[0].byLabels.a: must be text, put 1.10 in quotes"),
        Arguments.of(job + "parameters: {a: 99999999999999999999}",
            "mine/adapter.yaml:9: spec.parameters.a: number too"),
        Arguments.of("template: resource-adapter\nfor: Cluster\n" + post, "spec.manifests: missing; a resource"),
        Arguments.of(resource, "spec.postconditions: missing; a resource-adapter needs postconditions"),
        Arguments.of(resource + post + "manifests: [{name: a, file: record.yaml}]",
            "spec.manifests: set manifest or manifests, not both"),
        Arguments.of("template: resource-adapter\nfor: Cluster\n" + post
            + "manifests:\n- {name: a, file: record.yaml}\n- {name: a, file: record.yaml}", "name: duplicate name"),
        Arguments.of("template: resource-adapter\nfor: Cluster\n" + post + "manifests:\n- {name: a-b, file: r.yaml}",
            "mine/adapter.yaml:10: spec.manifests[0].name: invalid format"),
        Arguments.of("template: resource-adapter\nfor: Cluster\nmanifest: job.yaml\n" + post,
            "mine/job.yaml:1: metadata.name: missing"),
        Arguments.of("template: resource-adapter\nfor: Cluster\nmanifest: elsewhere.yaml\n" + post,
            "mine/elsewhere.yaml:3: metadata.namespace: not the adapter's namespace; remove it, or set "
                + "hyperfleet-adapters"));
  }

  @ParameterizedTest
  @MethodSource
  void refuses(String spec, String problem) throws Exception {
    write("mine/adapter.yaml", adapter("mine", spec));
    write("mine/job.yaml", JOB);
    write("mine/record.yaml", RECORD);
    write("mine/named.yaml", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: x}\n");
    write("mine/bad.yaml", "apiVersion: batch/v1\nkind: Job\nspec:\n  x: ${nope}\n");
    write("mine/braces.yaml", "apiVersion: batch/v1\nkind: '{{bean:x}}'\n");
    write("mine/finalized.yaml", JOB + "metadata:\n  finalizers: [example.com/x]\n");
    write("mine/syntax.yaml", "a: 1\nb: c: d\n");
    write("mine/list.yaml", "- a\n");
    write("mine/elsewhere.yaml", "apiVersion: v1\nkind: X\nmetadata: {name: x, namespace: kube-system}\n");
    write("secret.yaml", JOB);
    Files.createSymbolicLink(directory.resolve("mine/link.yaml"), directory.resolve("secret.yaml"));

    assertThat(load().definitions()).isEmpty();
    assertThat(problems()).anySatisfy(text -> assertThat(text).contains(problem));
    assertThatThrownBy(() -> load().orThrow()).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void collectsAllProblemsOfAllFolders() throws Exception {
    write("one/adapter.yaml", adapter("one", "template: x\nfor: Cluster\nfoo: 1\nbar: 2\nconcurrency: y\n"));
    write("two/adapter.yaml", adapter("other", "template: job-adapter\nfor: Cluster\nmanifest: job.yaml\n"
        + "preconditions: {a: 'a +', b: b}\n"));
    write("two/job.yaml", "apiVersion: v1\nkind: Pod\nspec: ['${x}', '${y}']\n");
    write("three/readme.txt", "");

    assertThat(problems()).hasSize(4 + 7 + 1).contains("three/adapter.yaml: missing; every adapter folder needs this "
        + "file",
        "two/adapter.yaml:4: metadata.name: must be the folder's name, two");
  }

  @ParameterizedTest
  @MethodSource("io.hyperfleet.adapter.folder.YamlDocumentTest#refuses")
  void refusesHostileFilesOfBothKinds(String name, String yaml, int line, String reason) throws Exception {
    write("one/adapter.yaml", yaml);
    write("two/adapter.yaml", adapter("two", "template: job-adapter\nfor: Cluster\nmanifest: job.yaml\n"));
    write("two/job.yaml", yaml);

    assertThat(problems()).hasSize(2).allSatisfy(text -> assertThat(text).containsPattern(reason));
  }

  @Test
  void readsNoMoreOfAFileThanIsAllowed() throws Exception {
    Files.createDirectories(directory.resolve("big"));
    try (var file = new RandomAccessFile(directory.resolve("big/adapter.yaml").toFile(), "rw")) {
      file.setLength(8L * 1024 * 1024 * 1024);
    }

    assertThat(problems()).containsExactly("big/adapter.yaml: the file is larger than 256 kB");
  }

  @Test
  void theDirectoryAddsToTheBuiltInOnesAndReplacesThemByName() throws Exception {
    write("dns/adapter.yaml", adapter("dns", "template: job-adapter\nfor: Cluster\nmanifest: job.yaml\n"));
    write("dns/job.yaml", JOB);
    write("extra/adapter.yaml", adapter("extra", "template: job-adapter\nfor: Cluster\nmanifest: job.yaml\n"));
    write("extra/job.yaml", JOB);
    write("placement/adapter.yaml", "broken: true\n");
    write("..data/ignored", "");

    AdapterCatalog catalog = new AdapterLoader(ENGINE, RULES, name -> true, AdapterLoader.BUILT_IN, "file:" + directory)
        .load();

    assertThat(catalog.definitions()).containsKeys("dns", "extra", "hyperfleet", "validation");
    assertThat(catalog.definitions().get("placement")).as("the built-in one, where its folder is broken")
        .isSameAs(catalog.builtIn().definitions().get("placement"));
    assertThat(catalog.definitions().get("dns").template().name()).isEqualTo("job-adapter");
    assertThat(catalog.errors()).isNotEmpty().allMatch(problem -> problem.adapter().equals("placement"));
  }

  @Test
  void aMissingDirectoryIsAnError() {
    AdapterCatalog catalog = new AdapterLoader(ENGINE, RULES, name -> true, AdapterLoader.BUILT_IN,
        directory.resolve("absent").toString())
        .load();

    assertThat(catalog.errors()).singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("hyperfleet.adapters.location"));
    assertThat(catalog.definitions()).containsKeys("dns", "hyperfleet", "placement", "validation");
  }

  @Test
  void theDigestChangesWithWhatAnyFileMeans() throws Exception {
    write("mine/adapter.yaml", adapter("mine", "template: job-adapter\nfor: Cluster\nmanifest: job.yaml\n"));
    write("mine/job.yaml", JOB);
    String before = load().definitions().get("mine").digest();

    assertThat(load().definitions().get("mine").digest()).isEqualTo(before);
    write("mine/job.yaml", JOB + "# more\n");
    assertThat(load().definitions().get("mine").digest()).as("a comment").isEqualTo(before);
    write("mine/job.yaml", JOB.replace("kind: Job", "kind: Job\nmetadata: {labels: {a: b}}"));
    assertThat(load().definitions().get("mine").digest()).isNotEqualTo(before);
  }

  @Test
  void namesThePlaceWhereAnUnknownAdapterIsWaitedFor() throws Exception {
    write("mine/adapter.yaml", adapter("mine", """
        template: job-adapter
        for: Cluster
        manifest: job.yaml
        preconditions:
          vlidation is done: adapters.vlidation.available
        """));
    write("mine/job.yaml", JOB);

    assertThat(problems()).containsExactly("mine/adapter.yaml:10: spec.preconditions.vlidation is done: refers to the "
        + "adapter 'vlidation', which is not known here; known: mine");
    assertThat(load().definitions()).containsOnlyKeys("mine");
  }

  @Test
  void twoAdaptersOnOneSubscriptionWouldEachMissEvents() throws Exception {
    for (String name : List.of("one", "two")) {
      write(name + "/adapter.yaml",
          adapter(name, "template: job-adapter\nfor: Cluster\nmanifest: job.yaml\nsubscription: shared-sub\n"));
      write(name + "/job.yaml", JOB);
    }

    assertThat(load().definitions()).containsOnlyKeys("one");
    assertThat(problems()).containsExactly(
        "two/adapter.yaml:9: spec.subscription: is already used by the adapter 'one'; each adapter needs its own");
  }

  @Test
  void theDigestChangesWithTheDirectoryAndNothingElse() throws Exception {
    var loader = new AdapterLoader(ENGINE, RULES, name -> true, "classpath*:none/*/adapter.yaml", directory.toString());
    var empty = loader.load().source().digest();
    write("mine/adapter.yaml", "x");
    var before = loader.load().source().digest();
    assertThat(before).isNotEqualTo(empty).isEqualTo(loader.load().source().digest());

    write("mine/adapter.yaml", "y");
    assertThat(loader.load().source().digest()).isNotEqualTo(before);
    write("mine/adapter.yaml", "x");
    assertThat(loader.load().source().digest()).isEqualTo(before);
  }

  @Test
  void followsTheLinksOfAMountedConfigMap() throws Exception {
    write("mine/..2026/adapter.yaml", adapter("mine", "template: job-adapter\nfor: Cluster\nmanifest: job.yaml\n"));
    write("mine/..2026/job.yaml", JOB);
    Files.createSymbolicLink(directory.resolve("mine/..data"), Path.of("..2026"));
    Files.createSymbolicLink(directory.resolve("mine/adapter.yaml"), Path.of("..data/adapter.yaml"));
    Files.createSymbolicLink(directory.resolve("mine/job.yaml"), Path.of("..data/job.yaml"));

    assertThat(load().orThrow().definitions()).containsOnlyKeys("mine");
  }
}
