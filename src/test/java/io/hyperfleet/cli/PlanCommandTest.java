package io.hyperfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.revision.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a changed folder would do to 250 clusters, of which some are being deleted, wait, or have an odd spec. */
class PlanCommandTest {

  private static final int CLUSTERS = 250;
  private static final Pattern AFTER = Pattern.compile("id > '([^']*)'");
  private static final String ADAPTER = """
      apiVersion: hyperfleet.io/v1
      kind: Adapter
      metadata: {name: net}
      spec:
        template: resource-adapter
        for: Cluster
        appliesWhen: cluster.spec.provider == 'gcp'
        preconditions:
          dns is available: adapters.dns.available
        manifests:
          - {name: config, file: config.yaml}
          - {name: job, file: job.yaml, onChange: recreate}
          - {name: key, file: key.yaml}
        postconditions:
          done: "true"
      """;
  private static final String CONFIG = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: "net-${cluster.id}", annotations: {a.b/c: x}}
      data: {region: "${cluster.spec.region}", size: small}
      """;
  private static final String JOB = """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: "net-${cluster.id}"}
      spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "a:1"}, {name: b, image: "b:1"}]}}}
      """;
  private static final String KEY = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: "key-${cluster.id}"}
      data: {token: t1}
      """;

  @TempDir
  Path directory;

  private StubApi api;

  @BeforeEach
  void start() throws IOException {
    write("old", ADAPTER, CONFIG, JOB, KEY);
    var revision = load(directory.resolve("old/net"));
    api = new StubApi((method, path) -> answer(path, revision));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** Of 250: 25 are being deleted, 25 not of that provider, 50 wait for dns, and 150 have objects. */
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(delimiter = '¦', quoteCharacter = '\u0001', textBlock = """
      size: small                           ¦ size:   "small"           ¦ 0 ¦ 225, 0, 0, 0, 0 ¦
      size: small                           ¦ size: large                 ¦ 0 ¦ 75, 150, 0, 0, 0 ¦ config (ConfigMap): data.size
      a.b/c: x                              ¦ a.b/c: z                    ¦ 0 ¦ 75, 150, 0, 0, 0 ¦ config (ConfigMap): metadata.annotations.'a.b/c'
      image: "b:1"                          ¦ image: "b:2"                ¦ 0 ¦ 75, 150, 0, 150, 0 ¦ job (Job): spec.template.spec.containers[].image
      , onChange: recreate                  ¦                             ¦ 0 ¦ 225, 0, 0, 0, 0 ¦
      token: t1                             ¦ token: t3                   ¦ 0 ¦ 75, 150, 0, 0, 0 ¦ key (ConfigMap): data.token
      name: "key-${cluster.id}"             ¦ name: "other-${cluster.id}" ¦ 0 ¦ 75, 150, 0, 0, 0 ¦ key (ConfigMap): metadata.name
      - {name: key, file: key.yaml}         ¦                             ¦ 0 ¦ 75, 150, 0, 0, 0 ¦ key (ConfigMap): no longer made
      adapters.dns.available                ¦ adapters.dns.available || true ¦ 0 ¦ 175, 50, 0, 50, 0 ¦ no longer waits for dns is available
      dns is available: adapters.dns.available ¦ other: adapters.other.available ¦ 0 ¦ 25, 0, 200, 0, 0 ¦ other
      cluster.spec.provider == 'gcp'        ¦ "true"                      ¦ 0 ¦ 200, 25, 0, 25, 0 ¦ acts on it from now on
      cluster.spec.provider == 'gcp'        ¦ cluster.spec.provider == 'none' ¦ 0 ¦ 25, 200, 0, 0, 0 ¦ no longer acts on it
      cluster.spec.provider == 'gcp'        ¦ cluster.spec.none == 'none' ¦ 3 ¦ 0, 0, 0, 0, 225 ¦ appliesWhen
      "${cluster.spec.region}"              ¦ "${cluster.spec.zone}"      ¦ 3 ¦ 75, 0, 0, 0, 150 ¦ config.yaml
      name: "key-${cluster.id}"             ¦ name: "key-${cluster.spec.odd}" ¦ 3 ¦ 75, 0, 0, 0, 150 ¦ key.yaml
      """)
  void saysWhatWouldChange(String text, String by, int exit, String counts, String words) throws IOException {
    var to = by == null ? "" : by;
    write("new", ADAPTER.replace(text, to), CONFIG.replace(text, to), JOB.replace(text, to), KEY.replace(text, to));
    var run = plan("new", "--output", "json");

    assertThat(run.err()).isEmpty();
    var json = StubApi.JSON.readTree(run.out());
    assertThat(List.of(json.path("unchanged").asInt(), count(json, "changed"), count(json, "newly_waiting"), count(json,
        "jobs_run"), count(json, "failing")).toString()).isEqualTo("[" + counts + "]");
    assertThat(json.path("compared").asInt()).isEqualTo(225);
    assertThat(json.path("being_deleted").asInt()).isEqualTo(25);
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(run.out()).contains(words == null ? "" : words);
    var readable = plan("new");
    assertThat(readable.exit()).isEqualTo(exit);
    assertThat(readable.out()).contains(words == null ? "unchanged" : words);
  }

  @Test
  void showsOneExampleAndAFewIdsOfThoseThatAreAlike() throws IOException {
    write("new", ADAPTER, CONFIG.replace("size: small", "size: \"${cluster.spec.region}\""), JOB, KEY);

    assertThat(plan("new").out().replaceAll("[0-9a-f]{12} -> [0-9a-f]{12}", "A -> B")
        .replaceAll("00000000-0000-7000-8000-0+", "")).isEqualTo("""
        Adapter net: A -> B; 225 resources of the kind Cluster
              75  unchanged
             150  change these objects
                   150  config (ConfigMap): data.size
                        such as c3 (3):
                          config (ConfigMap): data.size: "small" -> "r3"
                        ids: 3, 4, 5, 6, 8 and 145 more
               0  would newly wait for
               0  would run a Job
               0  fail to render
              25  are being deleted and were skipped
        """);
  }

  @Test
  void comparesWithAFolderWithoutAskingForRevisions() throws IOException {
    write("new", ADAPTER, CONFIG.replace("small", "large"), JOB, KEY);
    var run = plan("new", "--from", directory.resolve("old/net").toString());

    assertThat(run.out()).contains("data.size");
    assertThat(api.asked()).allMatch(request -> request.startsWith("GET /clusters?"));
  }

  @Test
  void asksForASearchAndASample() throws IOException {
    write("new", ADAPTER, CONFIG.replace("small", "large"), JOB, KEY);

    plan("new", "--search", "name = 'a' or name = 'b'");
    assertThat(api.asked()).anyMatch(request -> request.contains("search=id > ") && request.endsWith(
        " and (name = 'a' or name = 'b')"));
    var run = plan("new", "--sample", "30", "--output", "json");
    var json = StubApi.JSON.readTree(run.out());
    assertThat(json.path("compared").asInt() + json.path("being_deleted").asInt()).isEqualTo(30);
    assertThat(plan("new", "--sample", "0").exit()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      /adapters/net            | 404 | {"code": "HYPERFLEET-NTF-001", "detail": "no"}   | 4 | the API does not know an adapter net
      /adapters/net            | 404 | {"code": "HYPERFLEET-NTF-000", "detail": "no"}   | 4 | --from
      /adapters/net            | 200 | {"name": "net"}                                  | 4 | no revision of net is wanted yet
      /adapters/net/revisions/ | 404 | {}                                               | 4 | does not have the wanted revision
      /adapters/net/revisions/ | 200 | {"complete": false}                              | 4 | is not shown
      /adapters/net/revisions/ | 200 | {"content": {"adapter.yaml": {}}}                | 7 | does not match the revision
      /clusters                | 503 | {"detail": "away"}                               | 7 | away
      /clusters                | 400 | {"detail": "invalid search"}                     | 2 | invalid search
      """)
  void saysWhyItCannotPlan(String path, int status, String body, int exit, String words) throws IOException {
    var revision = load(directory.resolve("old/net"));
    api.use((method, asked) -> asked.startsWith(path) && (!path.endsWith("net") || asked.endsWith("net"))
        ? new StubApi.Answer(status, body)
        : answer(asked, revision));
    var run = plan("old");

    assertThat(run.err()).contains(words);
    assertThat(run.exit()).isEqualTo(exit);
  }

  @Test
  void namesWhatIsWrongWithTheFolder() throws IOException {
    write("new", ADAPTER.replace("for: Cluster", "for: Cluster\n  preconditons: {}"), CONFIG, JOB, KEY);
    var run = plan("new");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("cannot be loaded", "adapter.yaml:7", "preconditons");
  }

  private StubApi.Run plan(String folder, String... more) {
    var args = new String[more.length + 4];
    System.arraycopy(new String[]{"adapter", "plan", "--adapter", directory.resolve(folder + "/net").toString()}, 0,
        args, 0, 4);
    System.arraycopy(more, 0, args, 4, more.length);
    return api.run(args);
  }

  private static int count(JsonNode json, String key) {
    return json.path(key).path("count").asInt();
  }

  private void write(String name, String adapter, String config, String job, String key) throws IOException {
    var folder = Files.createDirectories(directory.resolve(name + "/net"));
    Files.writeString(folder.resolve("adapter.yaml"), adapter);
    Files.writeString(folder.resolve("config.yaml"), config);
    Files.writeString(folder.resolve("job.yaml"), job);
    Files.writeString(folder.resolve("key.yaml"), key);
  }

  private static Revision load(Path folder) {
    var problems = new AdapterProblems("net");
    return AdapterLoader.read(CelEngine.untimed(), AdapterTemplates.builtIn(), Optional.empty(),
        AdapterFolder.of(folder, folder), problems).orElseThrow(() -> new AssertionError(problems.list())).revision();
  }

  private static StubApi.Answer answer(String path, Revision revision) {
    try {
      if (path.equals("/adapters/net")) {
        return new StubApi.Answer(200, "{\"wanted_revision\": \"" + revision.digest() + "\"}");
      }
      if (path.equals("/adapters/net/revisions/" + revision.digest())) {
        return new StubApi.Answer(200, "{\"content\": " + revision.content() + "}");
      }
      var after = AFTER.matcher(path);
      var size = Integer.parseInt(path.replaceAll(".*&size=(\\d+).*", "$1"));
      int page = path.contains("&page=") ? Integer.parseInt(path.replaceAll(".*&page=(\\d+).*", "$1")) : 1;
      int first = (after.find() ? Integer.parseInt(after.group(1).substring(24)) : 0) + (page - 1) * size;
      var list = StubApi.JSON.createObjectNode().put("total", CLUSTERS);
      var items = list.putArray("items");
      IntStream.rangeClosed(first + 1, Math.min(first + size, CLUSTERS)).forEach(i -> items.add(cluster(i)));
      return StubApi.ok(list);
    } catch (RuntimeException e) {
      return new StubApi.Answer(500, "{\"detail\": \"" + e + "\"}");
    }
  }

  private static ObjectNode cluster(int number) {
    var cluster = StubApi.JSON.createObjectNode().put("id", "00000000-0000-7000-8000-%012d".formatted(number))
        .put("kind", "Cluster").put("name", "c" + number).put("generation", 1);
    cluster.putObject("spec").put("provider", number % 10 == 1 ? "aws" : "gcp").put("region", "r" + number % 7);
    if (number % 10 == 0) {
      cluster.put("deleted_time", "2026-11-30T14:00:00Z");
    }
    var dns = cluster.putArray("adapter_statuses").addObject().put("adapter", "dns").put("observed_generation", 1);
    dns.putObject("last_definitive").put("status", number % 10 == 2 || number % 10 == 7 ? "False" : "True")
        .put("observed_generation", 1).putObject("data");
    return cluster;
  }
}
