package io.hyperfleet.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/**
 * The project's configuration keys, as Spring's metadata has them. What the metadata leaves out, the keys of items of
 * lists and maps, is taken from the records that they are bound to.
 */
final class ConfigurationKeys {

  static final String METADATA = "target/classes/META-INF/spring-configuration-metadata.json";
  static final String LOCAL_METADATA = "src/test/resources/META-INF/additional-spring-configuration-metadata.json";
  private static final String PREFIX = "hyperfleet.";

  private final Map<String, Section> sections = new TreeMap<>();
  private final Map<String, String> standard = new LinkedHashMap<>();

  /** A key with its default as text; null for none. */
  record Key(String name, ValueType type, String standard, String description) {}

  /** Keys with the same beginning. */
  record Section(String name, String description, List<Key> keys) {}

  private ConfigurationKeys() {}

  static List<Section> read() {
    try {
      var keys = new ConfigurationKeys();
      for (PropertySource<?> source : new YamlPropertySourceLoader().load("application",
          new FileSystemResource("src/main/resources/application.yaml"))) {
        ((Map<?, ?>) source.getSource()).forEach((name, value) -> keys.standard.put(name.toString(), value.toString()));
      }
      keys.add(METADATA);
      keys.add(LOCAL_METADATA);
      return keys.sections.values().stream().filter(section -> !section.keys().isEmpty()).toList();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(String file) throws IOException, ClassNotFoundException {
    var metadata = new ObjectMapper().readTree(Path.of(file).toFile());
    var groups = new ArrayList<JsonNode>();
    metadata.path("groups").forEach(groups::add);
    groups.sort(Comparator.comparing(group -> !group.has("description")));
    for (JsonNode group : groups) {
      if ((group.path("name").asText() + ".").startsWith(PREFIX)) {
        section(group.path("name").asText(), group.path("description").asText(group.has("type")
            ? SourceComments.of(Class.forName(group.get("type").asText())).what()
            : ""));
      }
    }
    var properties = new ArrayList<JsonNode>();
    metadata.path("properties").forEach(properties::add);
    properties.sort(Comparator.comparing(property -> property.path("name").asText()));
    for (JsonNode property : properties) {
      if (property.path("name").asText().startsWith(PREFIX)) {
        add(property);
      }
    }
  }

  private Section section(String name, String description) {
    return sections.computeIfAbsent(name, key -> new Section(name, description, new ArrayList<>()));
  }

  private void add(JsonNode property) throws ClassNotFoundException {
    var name = property.get("name").asText();
    var group = sections.keySet().stream().filter(section -> name.startsWith(section + "."))
        .max(Comparator.comparing(String::length))
        .orElseThrow(() -> new IllegalStateException(name + " is in no group"));
    var bound = property.has("sourceType") ? parameter(Class.forName(property.get("sourceType").asText()), name) : null;
    var type = bound == null ? ValueType.of(property.path("type").asText()) : ValueType.of(bound);
    sections.get(group).keys().add(new Key(name, type, standard(name, property.get("defaultValue"), type),
        property.path("description").asText()));
    addItems(name, type);
  }

  private String standard(String name, JsonNode metadata, ValueType type) {
    var said = metadata == null
        ? null
        : metadata.isArray() ? list(metadata) : metadata.asText().replaceAll("^\\[|]$", "");
    var configured = standard.getOrDefault(name, "${");
    if (configured.contains("${") || configured.equals(said)) {
      return said == null && type.plural() ? "" : said;
    }
    if (said != null) {
      throw new IllegalStateException(
          name + " is " + said + " in the metadata and " + configured + " in application.yaml");
    }
    return configured;
  }

  private static String list(JsonNode values) {
    return Stream.of(new ObjectMapper().convertValue(values, String[].class)).collect(Collectors.joining(","));
  }

  private void addItems(String name, ValueType type) {
    if (type.item() == null) {
      return;
    }
    var comments = SourceComments.of(type.item());
    var below = section(name + type.step(), comments.what());
    for (Parameter component : constructor(type.item())) {
      var key = name + type.step() + "." + dashed(component.getName());
      var given = component.getAnnotation(DefaultValue.class);
      var itemType = ValueType.of(component);
      below.keys().add(new Key(key, itemType, given == null ? null : String.join(",", given.value()),
          comments.components().getOrDefault(component.getName(), "")));
      addItems(key, itemType);
    }
  }

  private static Parameter parameter(Class<?> type, String key) {
    return Arrays.stream(constructor(type)).filter(parameter -> key.endsWith("." + dashed(parameter.getName())))
        .findFirst().orElse(null);
  }

  private static Parameter[] constructor(Class<?> type) {
    return Arrays.stream(type.getDeclaredConstructors())
        .max(Comparator.comparing(Constructor::getParameterCount)).orElseThrow().getParameters();
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase();
  }
}
