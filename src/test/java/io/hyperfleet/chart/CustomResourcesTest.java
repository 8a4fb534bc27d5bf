package io.hyperfleet.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.policy.StrictManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the adapters need of a cluster is Kubernetes' own, shipped with the chart, or said in docs/operations.md. */
class CustomResourcesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final KubernetesSerialization KINDS = new KubernetesSerialization();
  private static final Path OPERATIONS = Path.of("docs/operations.md");
  private static final List<Path> ADAPTERS = List.of(Path.of("src/main/resources/adapters"),
      Path.of("examples/adapters"));

  @ParameterizedTest
  @MethodSource("shipped")
  void aRealApiServerTakesWhatIsShipped(JsonNode definition) {
    assertThat(definition.path("apiVersion").asText()).isEqualTo("apiextensions.k8s.io/v1");
    assertThat(StrictManifest.problems(JSON.convertValue(definition, Map.class))).isEmpty();
    assertThat(JSON.convertValue(definition, CustomResourceDefinition.class).getMetadata().getName())
        .isEqualTo(definition.at("/spec/names/plural").asText() + "." + definition.at("/spec/group").asText());
    for (JsonNode version : definition.at("/spec/versions")) {
      assertThat(problems("schema", version.at("/schema/openAPIV3Schema"))).isEmpty();
      assertThat(version.at("/subresources/status").isObject()).isTrue();
    }
  }

  /** What Kubernetes' API server refuses a schema for, as far as it is used here. */
  private static List<String> problems(String at, JsonNode schema) {
    var problems = new ArrayList<String>();
    if (schema.path("type").asText().isEmpty() && !schema.path("x-kubernetes-int-or-string").asBoolean()) {
      problems.add(at + ": type is missing");
    }
    var items = schema.path("items");
    if (schema.path("type").asText().equals("array") && items.isMissingNode()) {
      problems.add(at + ": items is missing");
    }
    for (JsonNode key : schema.path("x-kubernetes-list-map-keys")) {
      var property = items.path("properties").path(key.asText());
      if (property.isMissingNode()) {
        problems.add(at + ": the key " + key + " is no property of the items");
      } else if (!property.has("default") && !values(items.path("required")).contains(key.asText())) {
        problems.add(at + ": the key " + key + " is neither required nor has a default");
      }
    }
    schema.path("properties").properties()
        .forEach(property -> problems.addAll(problems(at + "." + property.getKey(), property.getValue())));
    if (!items.isMissingNode()) {
      problems.addAll(problems(at + "[]", items));
    }
    for (JsonNode required : schema.path("required")) {
      if (!schema.path("properties").has(required.asText())) {
        problems.add(at + ": " + required + " is required and no property");
      }
    }
    return problems;
  }

  private static List<String> values(JsonNode list) {
    return List.of(JSON.convertValue(list, String[].class));
  }

  @Test
  void whatTheAdapterAndItsOperatorWriteFitsTheSchema() {
    var schema = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(
        Chart.file("crds/dnsrecords.yaml").at("/spec/versions/0/schema/openAPIV3Schema"));
    try (var local = LocalKubernetes.start(LocalKubernetes.Settings.instant())) {
      var records = local.client().genericKubernetesResources("dns.hyperfleet.io/v1", "DnsRecord")
          .inNamespace(LocalKubernetes.NAMESPACE);
      records.resource(KINDS.unmarshal("""
          apiVersion: dns.hyperfleet.io/v1
          kind: DnsRecord
          metadata: {name: a}
          spec: {hostname: a.example.com, zone: mine}
          """, GenericKubernetesResource.class)).create();

      Awaitility.await().until(() -> records.withName("a").get().get("status", "fqdn") != null);
      assertThat(schema.validate(JSON.valueToTree(records.withName("a").get()))).isEmpty();
    }
    assertThat(schema.validate(JSON.createObjectNode())).isNotEmpty();
  }

  @Test
  void everyKindThatAnAdapterMakesIsThereOrItIsSaidWhoseItIs() throws IOException {
    var page = Files.readString(OPERATIONS);
    var shipped = shipped().flatMap(definition -> versions(definition)).toList();
    assertThat(manifests()).isNotEmpty().allSatisfy(manifest -> {
      var apiVersion = manifest.path("apiVersion").asText();
      var own = KINDS.getRegisteredKubernetesResource(apiVersion, Chart.kind(manifest)) != null;
      var type = apiVersion + " " + Chart.kind(manifest);
      if (!own) {
        assertThat(page).as("what %s is, and who ships it", type).contains("| `" + type + "` |");
        assertThat(shipped.contains(type) || page.contains("| `" + type + "` | you"))
            .as("shipped, or yours to bring: " + type).isTrue();
      }
    });
  }

  private static Stream<String> versions(JsonNode definition) {
    return Stream.of(JSON.convertValue(definition.at("/spec/versions"), JsonNode[].class))
        .map(version -> definition.at("/spec/group").asText() + "/" + version.path("name").asText() + " "
            + definition.at("/spec/names/kind").asText());
  }

  /**
   * The chart makes the namespace; service accounts, Secrets and Roles for what an adapter makes are made by nobody.
   */
  @Test
  void noAdapterNeedsAnythingElseOfTheCluster() {
    var made = manifests().map(manifest -> Chart.kind(manifest) + " " + Chart.name(manifest)).toList();
    assertThat(manifests()).allSatisfy(manifest -> {
      assertThat(manifest.at("/metadata/namespace").asText("hyperfleet-adapters"))
          .isEqualTo(Chart.file("values.yaml").at("/adapterNamespace/name").asText());
      assertThat(manifest.findValuesAsText("serviceAccountName")).isEmpty();
      assertThat(manifest.findValues("secretKeyRef")).isEmpty();
      assertThat(manifest.findValues("secret")).isEmpty();
      Stream.of("configMap", "configMapKeyRef", "configMapRef").flatMap(field -> manifest.findValues(field).stream())
          .forEach(reference -> assertThat(made).contains("ConfigMap " + reference.path("name").asText()));
    });
  }

  static Stream<JsonNode> shipped() {
    return files(Chart.FOLDER.resolve("crds")).flatMap(file -> Chart.objects(text(file)).stream());
  }

  private static Stream<JsonNode> manifests() {
    return ADAPTERS.stream().flatMap(CustomResourcesTest::files).flatMap(CustomResourcesTest::files)
        .filter(file -> !file.endsWith("adapter.yaml")).flatMap(file -> Chart.objects(text(file)).stream());
  }

  private static Stream<Path> files(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
