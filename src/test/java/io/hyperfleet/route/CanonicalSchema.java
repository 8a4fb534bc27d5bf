package io.hyperfleet.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The schema of routes in YAML that comes with Camel, without its shorthand: no step, endpoint or expression as a bare
 * text, and no expression that does not stand under {@code expression}. What is left is the form that visual editors
 * write.
 */
final class CanonicalSchema {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXPRESSION = "#/items/definitions/org.apache.camel.model.language.ExpressionDefinition";

  private final JsonSchema schema;

  CanonicalSchema() {
    try (InputStream in = CanonicalSchema.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      var root = JSON.readTree(in);
      withoutShorthand(root);
      schema = JsonSchemaFactory.getInstance(VersionFlag.V4)
          .getSchema(root, SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong in the entries of a route file, each with the JSON pointer of where; empty if nothing is. */
  List<String> errors(List<?> entries) {
    return schema.validate(JSON.valueToTree(entries)).stream().map(error -> error.getMessage()).sorted().toList();
  }

  private static void withoutShorthand(JsonNode node) {
    if (node.path("oneOf") instanceof ArrayNode forms && forms.size() == 2
        && forms.get(0).path("type").asText().equals("string")) {
      ((ObjectNode) node).remove("oneOf");
      ((ObjectNode) node).putArray("allOf").add(forms.get(1));
    }
    node.path("anyOf").forEach(any -> {
      var forms = any.path("oneOf");
      if (StreamSupport.stream(forms.spliterator(), false)
          .anyMatch(form -> form.path("$ref").asText().equals(EXPRESSION))) {
        ((ObjectNode) any).remove("oneOf");
        ((ObjectNode) any).putArray("allOf").add(forms.get(forms.size() - 1));
        withoutLanguages((ObjectNode) node.path("properties"));
      }
    });
    node.forEach(CanonicalSchema::withoutShorthand);
  }

  /** Of the languages that may stand in a step itself, the schema says nothing but the name. */
  private static void withoutLanguages(ObjectNode properties) {
    var names = new ArrayList<String>();
    properties.fields().forEachRemaining(property -> {
      if (property.getValue().isEmpty() && !property.getKey().equals("expression")) {
        names.add(property.getKey());
      }
    });
    properties.remove(names);
  }
}
