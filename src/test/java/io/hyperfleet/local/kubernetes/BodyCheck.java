package io.hyperfleet.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A body must be of the kind, name and namespace that its URL says. */
final class BodyCheck {

  private BodyCheck() {
  }

  static void check(ResourceType type, ResourcePath target, ObjectNode body) {
    var version = Json.text(body, "apiVersion");
    var kind = Json.text(body, "kind");
    if (!version.isEmpty() && !version.equals(type.apiVersion())) {
      throw ApiError.badRequest(("the API version in the data (%s) does not match the expected API version (%s)")
          .formatted(version, type.apiVersion()));
    }
    if (!kind.isEmpty() && !kind.equals(type.kind())) {
      throw ApiError.badRequest("%s in version \"%s\" cannot be handled as a %s: converting (%s) is not possible"
          .formatted(kind, type.version(), type.kind(), kind));
    }
    if (type.namespaced() && target.namespace().isEmpty()) {
      throw ApiError.methodNotAllowed();
    }
  }

  /** An apply is merged first, and checked then: a conflict is told before it. */
  static void names(ResourceType type, String namespace, String name, ObjectNode body) {
    same("name", Json.name(body), name, !name.isEmpty());
    same("namespace", Json.namespace(body), namespace, type.namespaced());
  }

  private static void same(String what, String inBody, String inUrl, boolean checked) {
    if (checked && !inBody.isEmpty() && !inBody.equals(inUrl)) {
      throw ApiError.badRequest("the %s of the %s (%s) does not match the %s on the %s (%s)".formatted(what,
          what.equals("name") ? "object" : "provided object", inBody, what,
          what.equals("name") ? "URL" : "request", inUrl));
    }
  }
}
