package io.hyperfleet.adapter.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class AdapterSchemaTest {

  private static JsonNode schema() throws Exception {
    try (InputStream in = AdapterSchemaTest.class.getResourceAsStream("/schemas/adapter-v1.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  @Test
  void everyKeyHasATitleASentenceAndADefaultOrAnExample() throws Exception {
    check("", schema());
  }

  private static void check(String path, JsonNode node) {
    node.path("properties").fields().forEachRemaining(property -> {
      String key = path + "." + property.getKey();
      JsonNode schema = property.getValue();
      assertThat(schema.path("title").asText()).as(key + " title").isNotBlank();
      assertThat(schema.path("description").asText()).as(key + " description").endsWith(".");
      assertThat(schema.has("default") || schema.has("examples")).as(key + " default or examples").isTrue();
      check(key, schema);
      check(key + "[]", schema.path("items"));
    });
  }

  @Test
  void examplesAndDefaultsAreValid() throws Exception {
    JsonNode root = schema();
    var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    root.at("/properties/spec/properties").fields().forEachRemaining(property -> {
      var schema = ((com.fasterxml.jackson.databind.node.ObjectNode) property.getValue().deepCopy());
      schema.set("$defs", root.get("$defs"));
      schema.path("examples")
          .forEach(example -> assertThat(factory.getSchema(schema).validate(example)).as(property.getKey()).isEmpty());
      if (schema.has("default")) {
        assertThat(factory.getSchema(schema).validate(schema.get("default"))).as(property.getKey()).isEmpty();
      }
    });
  }
}
