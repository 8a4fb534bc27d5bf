package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.ApiError;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourcePath;
import io.hyperfleet.local.kubernetes.resource.ResourceType;

/** A body must be of the kind, name and namespace that its URL says. */
public final class BodyCheck {

  private BodyCheck() {
  }

  public static void check(ResourceType type, ResourcePath target, ObjectNode body) {
    var version = Json.text(body, "apiVersion");
    var kind = Json.text(body, "kind");
    if (!kind.isEmpty() && !kind.equals(type.kind())) {
      throw ApiError.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: converting (%s.%s) to (%s.%s): unknown conversion"
              .formatted(kind, type.version(), type.kind(), type.version(), kind,
                  type.group().isEmpty() ? "core" : type.group().replaceFirst("\\..*", ""), type.kind()));
    }
    if (!version.isEmpty() && !version.equals(type.apiVersion())) {
      throw ApiError.badRequest(("the API version in the data (%s) does not match the expected API version (%s)")
          .formatted(version, type.apiVersion()));
    }
    if (type.namespaced() && target.namespace().isEmpty()) {
      throw ApiError.methodNotAllowed();
    }
  }

  /** An apply is merged first, and checked then: a conflict is told before it. */
  public static void names(ResourceType type, String namespace, String name, ObjectNode body) {
    if (!name.isEmpty() && differs(Json.name(body), name)) {
      throw ApiError.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)".formatted(Json.name(body), name));
    }
    if (type.namespaced() && differs(Json.namespace(body), namespace)) {
      throw ApiError
          .badRequest("the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  private static boolean differs(String inBody, String inUrl) {
    return !inBody.isEmpty() && !inBody.equals(inUrl);
  }
}
