package io.hyperfleet.docs;

import static io.hyperfleet.docs.GeneratedPage.cell;
import static io.hyperfleet.docs.GeneratedPage.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The reference of {@code adapter.yaml} as its schema has it. */
final class ReferencePage {

  private final JsonNode root;
  private final StringBuilder page = new StringBuilder();

  private ReferencePage(JsonNode root) {
    this.root = root;
  }

  static String of(JsonNode schema) {
    return new ReferencePage(schema).write();
  }

  private String write() {
    page.append("""
        # Keys of adapter.yaml

        %s

        This page is generated from [adapter-v1.json](../../src/main/resources/schemas/adapter-v1.json), which editors use to check and
        complete the file. `java -jar hyperfleet.jar adapter new` writes it next to `adapter.yaml`, whose first line refers to it:

        ```text
        # yaml-language-server: $schema=adapter-v1.json
        ```

        The [guide](guide.md) introduces the keys one by one; [Functions and variables](functions.md) lists what CEL may use. Any other key is refused, with file and line.
        """.formatted(root.path("description").asText()));
    keys("", root);
    page.append("""

        ## Change this page

        Change the schema, then:

        ```bash
        %s
        ```
        """.formatted(GeneratedPage.command(AdapterReferenceTest.class)));
    return page.toString();
  }

  private void keys(String path, JsonNode schema) {
    var required = schema.path("required");
    page.append("\n## ").append(path.isEmpty() ? "The file" : "`" + path + "`").append("\n\n");
    if (!path.isEmpty()) {
      page.append(schema.path("description").asText()).append("\n\n");
    }
    page.append("| key | what | allowed | default |\n|---|---|---|---|\n");
    List<Runnable> below = new ArrayList<>();
    schema.path("properties").fields().forEachRemaining(property -> {
      var key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
      var value = resolved(property.getValue());
      boolean isRequired = StreamSupport.stream(required.spliterator(), false)
          .anyMatch(name -> name.asText().equals(property.getKey()));
      page.append("| `").append(property.getKey()).append("` | ").append(what(property.getValue(), value)).append(" | ")
          .append(allowed(value)).append(" | ").append(isRequired
              ? "required"
              : value.has("default")
                  ? code(value.get("default"))
                  : "-")
          .append(" |\n");
      if (value.has("properties")) {
        below.add(() -> keys(key, value));
      }
      if (value.path("items").has("properties")) {
        below.add(() -> keys(key + "[]", value.get("items")));
      }
    });
    below.forEach(Runnable::run);
  }

  private JsonNode resolved(JsonNode property) {
    if (!property.has("$ref")) {
      return property;
    }
    var merged = (ObjectNode) root.at(property.get("$ref").asText().substring(1)).deepCopy();
    property.fields().forEachRemaining(field -> merged.set(field.getKey(), field.getValue()));
    return merged;
  }

  private static String what(JsonNode property, JsonNode value) {
    var examples = property.path("examples").isMissingNode() ? value.path("examples") : property.get("examples");
    var text = cell(value.path("description").asText());
    return examples.isEmpty() || value.has("properties") ? text : text + " Example: " + code(examples.get(0));
  }

  private static String allowed(JsonNode value) {
    List<String> words = new ArrayList<>();
    if (value.has("const")) {
      words.add(code(value.get("const")));
    } else if (value.has("enum")) {
      value.get("enum").forEach(item -> words.add(code(item)));
    } else {
      words.add(type(value));
    }
    limit(words, value, "pattern", "of the form %s");
    limit(words, value, "minLength", "at least %s characters");
    limit(words, value, "maxLength", "at most %s characters");
    limit(words, value, "minimum", "at least %s");
    limit(words, value, "maximum", "at most %s");
    limit(words, value, "minItems", "at least %s items");
    limit(words, value, "maxItems", "at most %s items");
    limit(words, value, "maxProperties", "at most %s entries");
    return String.join(", ", words);
  }

  private static String type(JsonNode value) {
    var type = value.path("type");
    if (type.isArray()) {
      List<String> types = new ArrayList<>();
      type.forEach(item -> types.add(item.asText()));
      return String.join(" or ", types);
    }
    boolean named = value.path("additionalProperties").isObject();
    return switch (type.asText()) {
      case "object" -> named ? "map of names" : "map";
      case "array" -> "list";
      case "string" -> "text";
      case "integer" -> "whole number";
      case "boolean" -> "`true`, `false`";
      default -> "anything";
    };
  }

  private static void limit(List<String> words, JsonNode value, String key, String sentence) {
    if (value.has(key)) {
      words.add(sentence.formatted(key.equals("pattern") ? code(value.get(key)) : value.get(key).asText()));
    }
  }
}
