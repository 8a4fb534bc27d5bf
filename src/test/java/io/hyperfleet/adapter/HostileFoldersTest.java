package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.folder.AdapterDirectory;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.policy.PolicyFixture;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.google.pubsub.GooglePubsubEndpoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Folders whose texts are written to be executed (S4, S18): each is refused with its place and what is allowed, or its
 * text is data: no class is loaded by it and no endpoint has an option of it.
 */
@Timeout(180)
@Tag("long")
class HostileFoldersTest {

  static final AtomicInteger SONGS = new AtomicInteger();

  private static final long SEED = 20260;
  private static final int BATCHES = 12;
  private static final int FOLDERS = 100;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CelEngine ENGINE = new CelEngine();

  private static final String CLASS = "io.hyperfleet.adapter.Canary";
  private static final List<String> PIECES = List.of("x1%3Fserializer%3D%23class%3A" + CLASS,
      "x1?serializer=#class:" + CLASS,
      "sub%3FackMode%3DNONE%26synchronousPull%3Dtrue", "sub?ackMode=NONE&synchronousPull=true", "sub&ackMode=NONE",
      "#class:" + CLASS, "#class:" + CLASS + "('x')", "#type:" + CLASS, "#bean:canary", "#valueAs(int):1", "RAW(x)",
      "RAW{x}",
      "{{env:HOME}}", "{{sys:user.home}}", "{{bean:camelContext.stop}}", "{{bean:" + CLASS + ".sing}}", "{{?x}}",
      "{{x:y}}",
      "${bean:" + CLASS + "}", "${env:HOME}", "#{T(" + CLASS + ")}", "{{hyperfleet.broker.project-id}}",
      "%7B%7Benv:HOME%7D%7D",
      "a%00b", "a\u0000b", "a\nb", "valid-sub\n", "valid-sub\r\n", "\nvalid-sub", "valid-sub\u2028", "valid-sub\u0085",
      "a\tb", "a b",
      "а-cyrillic", "ｆｕｌｌｗｉｄｔｈ", "ﬀoo", "İstanbul", "ſub", "Kelvin\u212A", "a\u202Eb", "a\u0000", "\uD800x", "a/b",
      "a//b", "../x", "a:b",
      "a;b", "a,b", "a=b", "a'b", "a\"b", "a`b", "a\\b", "a|b", "a<b", "a~b", "a+b", "a%b", "a%zz", "a*b", "a(b)",
      "a@b", "a!b",
      "{{", "}}", "${", "x".repeat(10_000), "x".repeat(256), "", "-", "-a", "a-", ".", "..", "a..b", "a.b", "goog",
      "1a", "A",
      "camelContext", "simple", "ref:canary", "bean:canary", "class:" + CLASS, "file:/etc/passwd",
      "http://169.254.169.254/");
  private static final List<String> KEYS = List.of("metadata.name", "spec.subscription", "spec.namespace", "spec.for",
      "spec.template", "spec.description", "spec.description", "spec.description", "spec.concurrency", "spec.manifest",
      "manifest.apiVersion", "manifest.kind",
      "discover.apiVersion", "discover.kind", "discover.name");

  @TempDir
  Path temporary;

  @Test
  void refusesThemOrTakesThemAsData() throws Exception {
    var random = new Random(SEED);
    int refused = 0;
    int loaded = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      var directory = Files.createDirectory(temporary.resolve("batch-" + batch));
      Map<String, String> hostile = new LinkedHashMap<>();
      for (int i = 0; i < FOLDERS; i++) {
        var name = "f" + batch + "-" + i;
        hostile.put(name, write(directory, name, random));
      }
      var catalog = new AdapterLoader(ENGINE, PolicyFixture.rules(Map.of()), name -> true,
          "classpath*:none/*/adapter.yaml", directory.toString()).load();
      for (var folder : hostile.entrySet()) {
        var errors = catalog.errors().stream().filter(error -> error.adapter().equals(folder.getKey())).toList();
        if (catalog.definitions().containsKey(folder.getKey())) {
          assertThat(errors).as(folder.getValue()).isEmpty();
          loaded++;
        } else {
          assertThat(errors).as(folder.getValue()).isNotEmpty().allSatisfy(error -> {
            assertThat(error.toString()).startsWith(directory + "/" + folder.getKey() + "/").hasSizeLessThan(2_100)
                .doesNotContainPattern("[\\p{Cc}\u202E\u2028]");
            assertThat(error.message()).containsAnyOf("allowed", "must be", "must match", "missing", "not valid YAML",
                "file not found",
                "has one", "too long", "write $${", "CEL '");
          });
          refused++;
        }
      }
      runAsData(catalog.definitions().values());
    }
    assertThat(SONGS).as("classes that were loaded").hasValue(0);
    assertThat(refused).isGreaterThan(600);
    assertThat(loaded).isGreaterThan(60);
  }

  /** Makes the routes; every endpoint is what the identifiers of the definitions say, and nothing more. */
  private static void runAsData(Iterable<AdapterDefinition> definitions) throws Exception {
    Set<String> wanted = new TreeSet<>();
    try (var context = new AdapterContext(false, Map.of())) {
      for (AdapterDefinition definition : definitions) {
        assertThat(definition.subscription()).matches("[A-Za-z][A-Za-z0-9._-]{2,254}");
        context.adapters.put(definition);
        context.routes.add(context.camel, definition);
        wanted.add("google-pubsub://project:" + definition.subscription() + "?concurrentConsumers="
            + definition.concurrency() + "&headerFilterStrategy=%23noHeaders");
        wanted.add("direct://" + definition.name() + "-adapter");
        definition.types()
            .forEach(type -> wanted.add("kubernetes-informer resource=" + type.apiVersion() + "/" + type.kind()
                + "&namespace=" + definition.namespace() + "&labelSelector=hyperfleet.io/managed-by="
                + definition.name()));
      }
      assertThat(context.endpoints().stream().map(HostileFoldersTest::readable)
          .filter(uri -> !uri.startsWith("direct://adapter-") || wanted.contains(uri)))
          .containsExactlyInAnyOrderElementsOf(wanted);
      context.camel.getEndpoints().stream().filter(GooglePubsubEndpoint.class::isInstance)
          .map(GooglePubsubEndpoint.class::cast)
          .forEach(endpoint -> {
            assertThat(endpoint.getAckMode().name()).isEqualTo("AUTO");
            assertThat(endpoint.isSynchronousPull()).isFalse();
            assertThat(endpoint.getProjectId()).isEqualTo("project");
          });
      assertThat(context.ids()).doesNotHaveDuplicates();
    }
  }

  private static String readable(String uri) {
    return uri.startsWith("kubernetes-informer")
        ? "kubernetes-informer "
            + URLDecoder.decode(uri.substring(uri.indexOf('?') + 1), StandardCharsets.UTF_8)
        : uri;
  }

  /** A folder that is good but for one or two of its texts; the answer describes it. */
  private static String write(Path directory, String name, Random random) throws IOException {
    Map<String, Object> spec = new LinkedHashMap<>(Map.of("template", "resource-adapter", "for", "Cluster",
        "manifest", "made.yaml", "postconditions", Map.of("ok", "true")));
    Map<String, Object> metadata = new LinkedHashMap<>(Map.of("name", name));
    Map<String, Object> manifest = new LinkedHashMap<>(Map.of("apiVersion", "v1", "kind", "ConfigMap",
        "metadata", Map.of("name", "m-${cluster.id}")));
    Map<String, Object> discover = new LinkedHashMap<>(
        Map.of("name", "other", "apiVersion", "v1", "kind", "Service", "byName", "x"));
    Set<String> keys = new LinkedHashSet<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      var key = KEYS.get(random.nextInt(KEYS.size()));
      var piece = PIECES.get(random.nextInt(PIECES.size()));
      piece = switch (random.nextInt(4)) {
        case 0 -> piece + PIECES.get(random.nextInt(PIECES.size()));
        case 1 -> "valid-" + piece;
        case 2 -> piece + "-valid";
        default -> piece;
      };
      keys.add(key + "=" + piece);
      var place = switch (key.substring(0, key.indexOf('.'))) {
        case "metadata" -> metadata;
        case "manifest" -> manifest;
        case "discover" -> discover;
        default -> spec;
      };
      place.put(key.substring(key.indexOf('.') + 1), piece);
    }
    if (random.nextBoolean()) {
      spec.put("discover", List.of(discover));
    }
    var folder = Files.createDirectory(directory.resolve(name));
    // JSON is YAML, and can hold every character.
    Files.writeString(folder.resolve("adapter.yaml"), ascii(Map.of("apiVersion", "hyperfleet.io/v1", "kind", "Adapter",
        "metadata", metadata, "spec", spec)));
    Files.writeString(folder.resolve("made.yaml"), ascii(manifest));
    return name + " " + keys;
  }

  private static String ascii(Object value) throws IOException {
    return JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%3Fb", "a?b", "a&b", "a b", "{{x}}", "${x}", "#x", "RAW(x)", "a\n", "\na", "", "а", "a:b",
      "%", "a'b"})
  void partOfARouteIsAPlainIdentifierWhateverTheSchemaSays(String value) {
    assertThatThrownBy(() -> AdapterRoutes.checked("subscription", value)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("subscription is not a valid identifier; allowed: ");
  }

  @Test
  void idsOfAdaptersDifferForAllNamesAndKinds() throws Exception {
    var words = List.of("adapter", "subscription", "hint", "job", "exit", "report", "dns", "a", "1", "x", "handle",
        "event");
    var kinds = List.of("batch/v1/Job", "jobs.io/v1/Job", "v1/Adapter", "a.io/v1/Adapter", "a.io/v1/Subscription",
        "b.io/v1/Job",
        "v1/Job", "v1/JOB", "a.b/v1/C", "b/v1/C", "a-b.io/v1/C");
    var random = new Random(SEED);
    Set<String> names = new TreeSet<>();
    while (names.size() < 40) {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(4); i++) {
        parts.add(words.get(random.nextInt(words.size())));
      }
      var name = String.join("-", parts);
      if (AdapterDirectory.NAME.matcher(name).matches()) {
        names.add(name);
      }
    }
    var directory = Files.createDirectory(temporary.resolve("names"));
    for (String name : names) {
      var folder = Files.createDirectory(directory.resolve(name));
      List<Map<String, String>> manifests = new ArrayList<>();
      for (String kind : kinds) {
        var file = "m" + manifests.size();
        int end = kind.lastIndexOf('/');
        Files.writeString(folder.resolve(file + ".yaml"), "apiVersion: " + kind.substring(0, end) + "\nkind: "
            + kind.substring(end + 1) + "\nmetadata: {name: x}\n");
        manifests.add(Map.of("name", file, "file", file + ".yaml"));
      }
      Files.writeString(folder.resolve("adapter.yaml"),
          ascii(Map.of("apiVersion", "hyperfleet.io/v1", "kind", "Adapter",
              "metadata", Map.of("name", name), "spec", Map.of("template", "resource-adapter", "for", "Cluster",
                  "manifests", manifests, "postconditions", Map.of("ok", "true")))));
    }
    var catalog = new AdapterLoader(ENGINE, PolicyFixture.rules(Map.of()), name -> false,
        "classpath*:none/*/adapter.yaml",
        directory.toString()).load().definitions();
    assertThat(catalog).hasSizeGreaterThan(30);
    try (var context = new AdapterContext(false, Map.of())) {
      for (AdapterDefinition definition : catalog.values()) {
        context.adapters.put(definition);
        context.routes.add(context.camel, definition);
      }
      assertThat(context.ids()).doesNotHaveDuplicates().hasSizeGreaterThan(catalog.size() * (kinds.size() + 2));
    }
  }
}
