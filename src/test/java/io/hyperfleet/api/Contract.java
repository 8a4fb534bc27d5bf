package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.oas.OpenApi30;
import io.hyperfleet.api.ApiIT.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The published contract: its operations, and whether an answer keeps to it. */
public final class Contract {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final String LOCATION = "https://hyperfleet.io/contract";

  /**
   * One operation.
   *
   * @param parameters of its path and its own, resolved
   * @param body schema of its request body, or null
   */
  public record Operation(String method, String path, JsonNode definition, List<JsonNode> parameters, JsonNode body) {

    public String id() {
      return definition.path("operationId").asText();
    }

    /** Whether the operation needs a database, and so may be refused. */
    public boolean secured() {
      return !definition.has("security");
    }

    @Override
    public String toString() {
      return id() + ": " + method + " " + path;
    }
  }

  private final JsonNode document;
  private final JsonSchemaFactory schemas;

  public Contract(JsonNode document) {
    this.document = document;
    this.schemas = JsonSchemaFactory.getInstance(VersionFlag.V4, builder -> builder
        .metaSchema(OpenApi30.getInstance()).defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
        .schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, document.toString()))));
  }

  /** The operations of the kinds that are always there, and of {@code /resources}. */
  public List<Operation> operations() {
    return all().stream().filter(operation -> !operation.definition().has("x-kind")).toList();
  }

  /** The operations of a kind that configuration adds. */
  public List<Operation> operations(String kind) {
    return all().stream().filter(operation -> operation.definition().path("x-kind").asText().equals(kind)).toList();
  }

  public List<Operation> all() {
    var operations = new ArrayList<Operation>();
    document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(entry -> {
      if (METHODS.contains(entry.getKey())) {
        var definition = entry.getValue();
        var parameters = new ArrayList<JsonNode>();
        path.getValue().path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
        definition.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
        var body = definition.at("/requestBody/content/application~1json/schema");
        operations.add(new Operation(entry.getKey().toUpperCase(), path.getKey(), definition, parameters,
            body.isMissingNode() ? null : body));
      }
    }));
    return operations;
  }

  /** A node, or what it refers to. */
  public JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  /**
   * Asserts that an answer is one that the operation declares, not counting what is there for surprises.
   *
   * @param due whether the short form was asked for
   * @param projected whether only some fields were asked for, so that required ones may be missing
   */
  public void check(Operation operation, Answer answer, boolean due, boolean projected) {
    assertThat(answer.status()).isLessThan(500);
    var declared = operation.definition().path("responses").path(String.valueOf(answer.status()));
    assertThat(declared.isMissingNode()).as("status %d is not declared", answer.status()).isFalse();
    var response = resolved(declared);
    response.path("headers").fieldNames()
        .forEachRemaining(name -> assertThat(answer.header(name)).as("header %s", name).isNotNull());
    if (!response.has("content")) {
      assertThat(answer.response().body()).isEmpty();
      return;
    }
    var contentType = response.get("content").fieldNames().next();
    assertThat(answer.header("content-type")).startsWith(contentType);
    if (contentType.endsWith("json") && !(projected && answer.status() == 200)) {
      checkBody(due && answer.status() == 200
          ? response.get("x-schema-with-due")
          : response.get("content").get(contentType).get("schema"), answer.body());
    }
  }

  private void checkBody(JsonNode schema, JsonNode body) {
    var pointer = schema.has("$ref") ? schema.get("$ref").asText() : pointerOf(schema);
    if (pointer != null) {
      var config = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
      assertThat(schemas.getSchema(SchemaLocation.of(LOCATION + pointer), config).validate(body)).as("%s", body)
          .isEmpty();
    }
  }

  /** Where a schema without a name stands; null for one that says nothing but that there is an object. */
  private String pointerOf(JsonNode schema) {
    return schema.size() == 1 && schema.has("type") ? null : find(document, schema, "#");
  }

  private static String find(JsonNode node, JsonNode wanted, String pointer) {
    if (node == wanted || node.equals(wanted)) {
      return pointer;
    }
    for (var property : node.properties()) {
      var found = find(property.getValue(), wanted,
          pointer + "/"
              + property.getKey().replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D"));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
