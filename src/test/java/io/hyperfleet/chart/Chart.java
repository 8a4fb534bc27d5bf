package io.hyperfleet.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The Helm chart, rendered by Helm itself. */
final class Chart {

  static final Path FOLDER = Path.of("helm/hyperfleet");
  static final String RELEASE = "fleet";
  static final String NAMESPACE = "hyperfleet-system";
  static final String KUBERNETES = "1.32.0";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Chart() {}

  /** Helm comes as a native library for these; elsewhere the tests of the chart cannot run. */
  static void assumeHelm() {
    var system = System.getProperty("os.name").toLowerCase() + " " + System.getProperty("os.arch");
    Assumptions.assumeTrue(List.of("linux amd64").contains(system),
        () -> "no Helm for " + system + ": add the helm-java library of that system to the test dependencies");
  }

  /** What Helm makes of the chart with one of its {@code ci/} files. */
  static List<JsonNode> render(String values) {
    return render(values, Map.of());
  }

  /** The same with single values set besides. */
  static List<JsonNode> render(String values, Map<String, Object> set) {
    var template = template(values);
    set.forEach(template::set);
    return objects(template.call());
  }

  /** The same with another file of values on top. */
  static List<JsonNode> render(String values, Path more) {
    return objects(template(values).withValuesFile(more).call());
  }

  private static TemplateCommand template(String values) {
    return new Helm(FOLDER).template().withName(RELEASE).withNamespace(NAMESPACE).withKubeVersion(KUBERNETES)
        .withValuesFile(FOLDER.resolve("ci/" + values + "-values.yaml"));
  }

  static List<JsonNode> objects(String rendered) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode file(String name) {
    try {
      return YAML.readTree(Files.readString(FOLDER.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String kind(JsonNode object) {
    return object.path("kind").asText();
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  /** The one object of a kind and name. */
  static JsonNode find(List<JsonNode> objects, String kind, String name) {
    var found = objects.stream().filter(object -> kind(object).equals(kind) && name(object).equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects " + kind + " " + name);
    }
    return found.get(0);
  }
}
