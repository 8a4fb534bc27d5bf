package io.hyperfleet.adapter.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Checks files against the published schema of {@code adapter.yaml}, or another schema for adapters, with our own
 * messages.
 */
public final class AdapterSchema {

  /** The schema of {@code adapter.yaml} on the class path. */
  public static final String LOCATION = "/schemas/adapter-v1.json";

  private static final String DEFINITIONS = "$defs";
  private static final Map<String, String> TYPES = Map.of("object", "a map", "array", "a list", "string", "text",
      "integer", "a whole number", "boolean", "true or false");

  private final ObjectMapper json = new ObjectMapper();
  private final JsonNode source;
  private final JsonSchema schema;

  /** Read once; thread-safe. */
  private static final class OfAdapters {
    static final AdapterSchema SCHEMA = new AdapterSchema(read(LOCATION));
  }

  /** The schema of {@code adapter.yaml}. */
  public static AdapterSchema ofAdapters() {
    return OfAdapters.SCHEMA;
  }

  /** One of the definitions of a file on the class path. */
  public AdapterSchema(String location, String definition) {
    this(part(read(location), definition));
  }

  private AdapterSchema(JsonNode source) {
    this.source = source;
    schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(source,
        SchemaValidatorsConfig.builder().regularExpressionFactory(AdapterSchema::toTheVeryEnd).build());
    schema.initializeValidators();
  }

  private static JsonNode read(String location) {
    try (InputStream in = AdapterSchema.class.getResourceAsStream(location)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode part(JsonNode file, String definition) {
    ObjectNode part = file.path(DEFINITIONS).path(definition).deepCopy();
    part.set(DEFINITIONS, file.path(DEFINITIONS));
    return part;
  }

  /** In JSON schemas {@code $} is the end of the text; in Java it also matches before a line break at the end. */
  private static RegularExpression toTheVeryEnd(String regex) {
    var pattern = Pattern.compile(regex.replace("$", "\\z"));
    return value -> pattern.matcher(value).find();
  }

  /** Adds all problems of the document. */
  public void check(YamlDocument document, AdapterProblems problems) {
    for (ValidationMessage message : schema.validate(json.valueToTree(document.value()))) {
      String path = path(message.getInstanceLocation());
      Place place = place(message.getEvaluationPath());
      switch (message.getType()) {
        case "additionalProperties" -> problems.error(document, YamlDocument.child(path, message.getProperty()),
            "unknown key; allowed: " + String.join(", ", keys(place.schema())));
        case "required" -> problems.error(document, YamlDocument.child(path, message.getProperty()),
            "missing; " + place.schema().path("properties").path(message.getProperty()).path("description").asText());
        case "propertyNames" -> problems.error(document, message.getProperty() == null
            ? path
            : YamlDocument.child(path, message.getProperty()),
            "invalid key; " + names(place.schema().path("propertyNames")));
        default -> problems.error(document, path, text(message.getType(), place, document.sources().get(path)));
      }
    }
  }

  private static String text(String keyword, Place place, String source) {
    JsonNode value = place.schema().path(keyword);
    String limit = value.asText();
    return switch (keyword) {
      case "enum" -> "invalid value; allowed: " + String.join(", ", texts(value));
      case "const" -> "invalid value; allowed: " + limit;
      case "type" -> "must be " + (value.isArray()
          ? String.join(", ", texts(value))
          : TYPES.getOrDefault(limit, limit))
          + (limit.equals("string") && source != null
              ? ", put " + (source.isEmpty()
                  ? "it"
                  : source) + " in quotes; "
              : "; ")
          + place.description();
      case "pattern" -> "invalid format; must match " + limit + "; " + place.description();
      case "maxLength" -> "too long; must have at most " + limit + " characters";
      case "minimum" -> "too small; must be at least " + limit;
      case "maximum" -> "too large; must be at most " + limit;
      case "maxProperties", "maxItems" -> "too many; must have at most " + limit + " entries";
      default -> "invalid value; " + place.description();
    };
  }

  private static String names(JsonNode rule) {
    return rule.has("enum")
        ? "allowed: " + String.join(", ", texts(rule.get("enum")))
        : rule.has("pattern")
            ? "must match " + rule.get("pattern").asText()
            : "must have " + rule.path("minLength").asInt() + " to " + rule.path("maxLength").asInt() + " characters";
  }

  private static List<String> keys(JsonNode schema) {
    List<String> keys = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** The schema that contains a keyword, and the description nearest to the user's key. */
  private record Place(JsonNode schema, String description) {}

  private Place place(JsonNodePath evaluation) {
    JsonNode at = source;
    String description = source.path("description").asText();
    for (int i = 0; i < evaluation.getNameCount() - 1; i++) {
      String element = evaluation.getElement(i).toString();
      boolean reference = element.equals("$ref");
      at = reference
          ? source.at(at.path("$ref").asText().substring(1))
          : at.isArray() ? at.path(Integer.parseInt(element)) : at.path(element);
      if (at.has("description") && !reference) {
        description = at.path("description").asText();
      }
    }
    return new Place(at, description);
  }

  private static String path(JsonNodePath location) {
    String path = "";
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      path = element instanceof Integer index
          ? YamlDocument.child(path, index)
          : YamlDocument.child(path, element.toString());
    }
    return path;
  }
}
