package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.schema.SpecSchemas;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A validated request to create a resource. */
record NewResource(
    String name, ObjectNode spec, Map<String, String> labels, Map<String, List<RequestedReference>> references) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  /**
   * Reads a request. Fields that it does not know are ignored.
   *
   * @throws Problem the first of: wrong types, kind, name, spec, labels, references that the kind does not have
   */
  static NewResource parse(Kind kind, ObjectNode body, SpecSchemas schemas) {
    var fields = new JsonFields(body);
    var kindName = fields.string("kind");
    var name = fields.string("name");
    var spec = fields.object("spec");
    var labels = LabelRules.read(fields);
    var references = ReferenceParser.read(fields);
    fields.throwIfWrong();
    checkKind(kind, kindName);
    checkName(kind, name);
    if (spec == null) {
      throw Problem.invalid(FieldError.required("spec"));
    }
    schemas.check(kind, spec);
    if (labels != null) {
      LabelRules.check(labels);
    }
    if (references != null && !references.isEmpty() && kind.references().isEmpty()) {
      throw new Problem(ProblemCode.MALFORMED, "field 'references' is not supported for kind " + kind.name());
    }
    return new NewResource(name, spec, labels == null ? Map.of() : labels, references == null ? Map.of() : references);
  }

  /**
   * The kind that a request names, before anything else about it is known.
   *
   * @throws Problem {@code VALIDATION} for wrong types, or when there is none
   */
  static String kindOf(ObjectNode body) {
    var fields = new JsonFields(body);
    var kind = fields.string("kind");
    fields.string("name");
    fields.object("spec");
    LabelRules.read(fields);
    ReferenceParser.read(fields);
    fields.throwIfWrong();
    if (kind == null || kind.isEmpty()) {
      throw Problem.invalid(FieldError.required("kind"));
    }
    return kind;
  }

  private static void checkKind(Kind kind, String name) {
    if (name == null || name.isEmpty()) {
      throw Problem.invalid(FieldError.required("kind"));
    }
    if (!name.equals(kind.name())) {
      throw Problem.invalid(new FieldError("kind", "kind must be '" + kind.name() + "'", name, "enum"));
    }
  }

  private static void checkName(Kind kind, String name) {
    if (name == null || name.isEmpty()) {
      throw Problem.invalid(FieldError.required("name"));
    }
    if (name.length() < kind.nameMin()) {
      throw Problem.invalid(new FieldError(
          "name", "name must be at least " + kind.nameMin() + " characters", name, "min_length"));
    }
    if (name.length() > kind.nameMax()) {
      throw Problem.invalid(new FieldError(
          "name", "name must be at most " + kind.nameMax() + " characters", name, "max_length"));
    }
    if (!NAME.matcher(name).matches()) {
      throw Problem.invalid(new FieldError("name", "name must consist of lower-case letters, digits and '-', and start "
          + "and end with a letter or digit", name, "pattern"));
    }
  }
}
