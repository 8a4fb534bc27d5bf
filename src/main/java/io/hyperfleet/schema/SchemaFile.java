package io.hyperfleet.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import com.networknt.schema.resource.DisallowSchemaLoader;
import io.hyperfleet.yaml.KubectlYaml;
import java.io.IOException;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.YAMLException;

/** An OpenAPI 3.0 file, read as YAML or JSON; it refers to nothing outside of itself. */
final class SchemaFile {

  private static final String KEY = "hyperfleet.spec-schemas.location: ";
  private static final String DOCUMENT = "https://hyperfleet.io/spec-schemas";
  private static final String SCHEMAS = "/components/schemas";

  private final JsonNode document;
  private final JsonSchemaFactory factory;
  private final Resource source;

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException that names the key when there is none, or it holds no schemas
   */
  SchemaFile(Resource source) {
    this.source = source;
    this.document = read(source);
    if (!document.at(SCHEMAS).isObject()) {
      throw new IllegalArgumentException(KEY + source.getDescription() + " has no components.schemas");
    }
    this.factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4, builder -> builder
        .metaSchema(OpenApi30.getInstance())
        .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
        .schemaLoaders(loaders -> loaders
            .schemas(Map.of(DOCUMENT, document.toString()))
            .add(DisallowSchemaLoader.getInstance())));
  }

  private static JsonNode read(Resource source) {
    try (var in = source.getInputStream()) {
      return new ObjectMapper().valueToTree(KubectlYaml.reader(KubectlYaml.FILE).load(in));
    } catch (IOException | YAMLException | IllegalArgumentException e) {
      throw new IllegalArgumentException(KEY + source.getDescription() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A schema of the file, or null when there is none of that name.
   *
   * @throws IllegalArgumentException when it is wrong or refers to something that is not in the file
   */
  JsonSchema schema(String name) {
    if (!document.at(SCHEMAS).has(name)) {
      return null;
    }
    try {
      var schema = factory.getSchema(SchemaLocation.of(DOCUMENT + "#" + SCHEMAS + "/" + name),
          SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
      schema.initializeValidators();
      return schema;
    } catch (JsonSchemaException e) {
      throw new IllegalArgumentException(
          KEY + source.getDescription() + ", schema " + name + ": " + e.getMessage(), e);
    }
  }
}
