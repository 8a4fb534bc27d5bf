package io.hyperfleet.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;

/** Checks specs against the schema of their kind. Immutable. */
public final class SpecSchemas {

  private static final Logger LOG = LoggerFactory.getLogger(SpecSchemas.class);
  private static final int MAX_FINDINGS = 100;

  /** Constraints in problem details by keyword; null if none applies. */
  private static final Map<String, String> CONSTRAINTS = Map.ofEntries(
      Map.entry("required", "required"), Map.entry("minimum", "min"), Map.entry("maximum", "max"),
      Map.entry("exclusiveMinimum", "min"), Map.entry("exclusiveMaximum", "max"),
      Map.entry("minLength", "min_length"), Map.entry("maxLength", "max_length"),
      Map.entry("minItems", "min"), Map.entry("maxItems", "max"), Map.entry("minProperties", "min"),
      Map.entry("maxProperties", "max"), Map.entry("pattern", "pattern"), Map.entry("enum", "enum"),
      Map.entry("type", "format"), Map.entry("format", "format"), Map.entry("uniqueItems", "unique"));

  private final Map<String, JsonSchema> byKind = new HashMap<>();

  /**
   * Finds the schema of every kind.
   *
   * @param file the operator's OpenAPI file, or null
   * @throws IllegalArgumentException when the file is wrong, or has no schema for a kind that must have one
   */
  SpecSchemas(Kinds kinds, Resource file) {
    var schemas = file == null ? null : new SchemaFile(file);
    for (Kind kind : kinds.all()) {
      var schema = schemas == null ? null : schemas.schema(kind.specSchema());
      if (schema != null) {
        byKind.put(kind.name(), schema);
      } else if (kind.requireSpecSchema()) {
        throw new IllegalArgumentException("hyperfleet.kinds." + kind.plural() + ".require-spec-schema: no schema "
            + kind.specSchema() + " in " + (file == null ? "any file" : file.getDescription()));
      } else if (schemas != null) {
        LOG.warn("{} has no schema {}: every object is accepted as the spec of a {}", file.getDescription(),
            kind.specSchema(),
            kind.name());
      }
    }
  }

  /**
   * Checks a spec.
   *
   * @throws Problem {@code VALIDATION} with the findings, at most 100
   */
  public void check(Kind kind, JsonNode spec) {
    var schema = byKind.get(kind.name());
    if (schema == null || spec == null) {
      return;
    }
    var errors = schema.validate(spec).stream().limit(MAX_FINDINGS).map(SpecSchemas::error).toList();
    if (!errors.isEmpty()) {
      throw new Problem(ProblemCode.VALIDATION, "Invalid " + kind.specSchema(), errors);
    }
  }

  private static FieldError error(ValidationMessage message) {
    var field = path(message.getInstanceLocation());
    if (message.getProperty() != null) {
      field += "." + message.getProperty();
    }
    return switch (message.getType()) {
      case "required" -> FieldError.required(field);
      case "additionalProperties" -> new FieldError(field, "unknown field '" + field + "'", null, null);
      default -> new FieldError(field, field + ": " + message.getError(), null, CONSTRAINTS.get(message.getType()));
    };
  }

  private static String path(JsonNodePath location) {
    var path = new StringBuilder("spec");
    for (int i = 0; i < location.getNameCount(); i++) {
      var element = location.getElement(i);
      path.append(element instanceof Integer ? "[" + element + "]" : "." + element);
    }
    return path.toString();
  }
}
