package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.JsonEquality;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.schema.SpecSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A validated request to change a resource. A given spec, map of labels or references replaces the previous one; null
 * means not given.
 *
 * @param paused true to pause, false to resume
 */
record ResourcePatch(
    ObjectNode spec, Map<String, String> labels, Map<String, List<RequestedReference>> references, Boolean paused) {

  private static final Set<String> FIELDS = Set.of("spec", "labels", "paused");

  /**
   * Reads a request.
   *
   * @throws Problem {@code MALFORMED} for unknown fields, {@code VALIDATION} for wrong types and labels,
   * {@code BAD_REQUEST} when nothing is to be changed
   */
  static ResourcePatch parse(Kind kind, ObjectNode body, SpecSchemas schemas) {
    var unknown = new ArrayList<FieldError>();
    body.fieldNames().forEachRemaining(name -> {
      if (!FIELDS.contains(name) && (kind.references().isEmpty() || !name.equals("references"))) {
        unknown.add(new FieldError(name, "unknown field '" + name + "'", null, null));
      }
    });
    if (!unknown.isEmpty()) {
      throw new Problem(ProblemCode.MALFORMED, unknown.get(0).message(), unknown);
    }
    var fields = new JsonFields(body);
    var spec = fields.object("spec");
    var labels = LabelRules.read(fields);
    var references = ReferenceParser.read(fields);
    var paused = fields.flag("paused");
    fields.throwIfWrong();
    if (spec == null && labels == null && references == null && paused == null) {
      throw new Problem(ProblemCode.BAD_REQUEST, "at least one field must be provided for update");
    }
    schemas.check(kind, spec);
    if (labels != null) {
      LabelRules.check(labels);
    }
    return new ResourcePatch(spec, labels, references, paused);
  }

  /** Whether a request is about nothing but the pause, which may end while a resource is being deleted. */
  static boolean isPauseOnly(ObjectNode body) {
    return body.size() == 1 && body.path("paused").isBoolean();
  }

  /** Whether it asks for another content than there is; references always count as that. */
  boolean changes(Resource resource) {
    return references != null || spec != null && !JsonEquality.same(spec, resource.spec())
        || labels != null && !labels.equals(resource.labels());
  }
}
