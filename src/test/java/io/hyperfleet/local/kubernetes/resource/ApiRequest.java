package io.hyperfleet.local.kubernetes.resource;

import java.util.Locale;
import java.util.Map;

/** A request as it came; header names are in lower case. */
public record ApiRequest(String method, String path, Map<String, String> query, Map<String, String> headers,
    byte[] body) {

  public String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    var value = parameter(name);
    return value.equals("true") || value.equals("1");
  }

  public boolean strict() {
    return parameter("fieldValidation").equals("Strict");
  }

  public boolean wantsTable() {
    return headers.getOrDefault("accept", "").contains("as=Table");
  }

  public String contentType() {
    return headers.getOrDefault("content-type", "").split(";")[0].trim();
  }

  /** Whether the body is in the format that client-go sends for kinds of Kubernetes' own. */
  public boolean isProtobuf() {
    return contentType().equals("application/vnd.kubernetes.protobuf");
  }

  /** The named field manager, or as the real server has it the client's name from its user agent. */
  String fieldManager() {
    var named = parameter("fieldManager");
    return named.isEmpty() ? headers.getOrDefault("user-agent", "unknown").split("/")[0] : named;
  }

  /** As RBAC names what this request does. */
  public Call call(ResourcePath target) {
    var named = !target.name().isEmpty();
    var verb = switch (method) {
      case "GET" -> flag("watch") ? "watch" : named ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> named ? "delete" : "deletecollection";
      default -> method.toLowerCase(Locale.ROOT);
    };
    return new Call(verb, target.group(), target.plural(), target.subresource(), target.namespace(), target.name());
  }
}
