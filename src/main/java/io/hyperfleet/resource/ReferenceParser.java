package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.ReferenceRule;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the references of a request, {@code {type: [{id, kind}]}}, and checks them against the rules of a kind. */
final class ReferenceParser {

  private ReferenceParser() {}

  /** Reads a map of lists of references; anything else in it is noted as a wrong type. Null when there is none. */
  static Map<String, List<RequestedReference>> read(JsonFields fields) {
    var object = fields.object("references");
    if (object == null) {
      return null;
    }
    var references = new TreeMap<String, List<RequestedReference>>();
    object.properties().forEach(entry -> {
      if (entry.getValue().isArray()) {
        references.put(entry.getKey(), list(fields, entry.getKey(), entry.getValue()));
      } else {
        fields.note("references." + entry.getKey(), "an array");
      }
    });
    return references;
  }

  private static List<RequestedReference> list(JsonFields fields, String type, JsonNode array) {
    var list = new ArrayList<RequestedReference>();
    for (int i = 0; i < array.size(); i++) {
      var path = path(type, i);
      if (array.get(i) instanceof ObjectNode object) {
        var item = fields.within(object, path);
        list.add(new RequestedReference(item.string("id"), item.string("kind")));
      } else {
        fields.note(path, "an object");
      }
    }
    return list;
  }

  /**
   * Checks what can be checked without the resources referred to.
   *
   * @throws Problem {@code VALIDATION} with every violation
   */
  static void check(Kind kind, Map<String, List<RequestedReference>> references) {
    var errors = new ArrayList<FieldError>();
    references.keySet().stream().filter(type -> kind.reference(type).isEmpty()).forEach(type -> errors.add(
        new FieldError("references." + type, "unknown reference '" + type + "', a " + kind.name() + " has "
            + kind.references().stream().map(ReferenceRule::type).collect(Collectors.joining(", ")), null, "enum")));
    kind.references().forEach(rule -> check(rule, references.getOrDefault(rule.type(), List.of()), errors));
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private static void check(ReferenceRule rule, List<RequestedReference> references, List<FieldError> errors) {
    var field = "references." + rule.type();
    if (references.size() < rule.min()) {
      errors.add(new FieldError(field, field + " must have at least " + rule.min(), null, "min"));
    }
    if (references.size() > rule.max()) {
      errors.add(new FieldError(field, field + " must have at most " + rule.max(), null, "max"));
    }
    var ids = new HashSet<Object>();
    for (int i = 0; i < references.size(); i++) {
      var reference = references.get(i);
      var path = path(rule.type(), i);
      var id = UuidV7.parse(reference.id());
      if (reference.id() == null) {
        errors.add(FieldError.required(path + ".id"));
      } else if (id == null) {
        errors.add(missing(rule, path, reference.id()));
      } else if (!ids.add(id)) {
        errors.add(new FieldError(path + ".id", path + ": duplicate id", reference.id(), "unique"));
      }
      if (reference.kind() != null && !reference.kind().equals(rule.targetKind())) {
        errors.add(new FieldError(path + ".kind", path + ".kind must be '" + rule.targetKind() + "'",
            reference.kind(), "enum"));
      }
    }
  }

  static FieldError missing(ReferenceRule rule, String path, String id) {
    return new FieldError(path + ".id", rule.targetKind() + " with id='" + id + "' not found", id, null);
  }

  static String path(String type, int position) {
    return "references." + type + "[" + position + "]";
  }
}
