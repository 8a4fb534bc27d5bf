package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A refusal, in the shape of {@code meta/v1 Status} with the words of a real API server. */
public final class ApiError extends RuntimeException {

  /** What is wrong with one field; {@code reason} is the real server's, e.g. {@code FieldValueInvalid}. */
  public record Cause(String reason, String message, String field) {

    public static Cause invalid(String field, String value, String why) {
      return new Cause("FieldValueInvalid", "Invalid value: %s: %s".formatted(value, why), field);
    }

    public static Cause required(String field, String why) {
      return new Cause("FieldValueRequired", "Required value" + (why.isEmpty() ? "" : ": " + why), field);
    }
  }

  private final transient ObjectNode status;
  private final int code;

  private ApiError(int code, String reason, String message, ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", message);
    // A plain error of the server has none.
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (details != null) {
      status.set("details", details);
    }
    status.put("code", code);
  }

  int code() {
    return code;
  }

  ObjectNode status() {
    return status;
  }

  /** A client that is told to slow down, or to come back, is told when. */
  Map<String, String> headers() {
    return code == 429 || code == 503 ? Map.of("Retry-After", "1") : Map.of();
  }

  public static ApiError of(int code, String reason, String message) {
    return new ApiError(code, reason, message, null);
  }

  public static ApiError of(int code, String reason, String message, ResourceType type, String name) {
    return new ApiError(code, reason, message, details(type.group(), type.plural(), name));
  }

  public static ApiError badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  public static ApiError notFound(ResourceType type, String name) {
    return of(404, "NotFound", "%s \"%s\" not found".formatted(type.qualifiedPlural(), name), type, name);
  }

  public static ApiError alreadyExists(ResourceType type, String name) {
    return of(409, "AlreadyExists", "%s \"%s\" already exists".formatted(type.qualifiedPlural(), name), type, name);
  }

  static ApiError conflict(ResourceType type, String name, String why) {
    var message = "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type.qualifiedPlural(), name, why);
    return of(409, "Conflict", message, type, name);
  }

  /** A delete that is bound to another object, or to another version of it. */
  public static ApiError precondition(ResourceType type, String name, String why) {
    var message = "Operation cannot be fulfilled on %s \"%s\": %s"
        .formatted(ResourceType.qualified(type.kind(), type.group()), name, why);
    return new ApiError(409, "Conflict", message, details(type.group(), type.kind(), name));
  }

  public static ApiError forbidden(ResourceType type, String name, String why) {
    return of(403, "Forbidden", "%s \"%s\" is forbidden: %s".formatted(type.qualifiedPlural(), name, why), type, name);
  }

  public static ApiError modified(ResourceType type, String name) {
    return conflict(type, name,
        "the object has been modified; please apply your changes to the latest version and try again");
  }

  public static ApiError methodNotAllowed() {
    return of(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  public static ApiError unsupportedMediaType(String accepted) {
    return of(415, "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: " + accepted);
  }

  static ApiError expired(long asked, long oldest) {
    return of(410, "Expired", "too old resource version: %d (%d)".formatted(asked, oldest));
  }

  public static ApiError invalid(ResourceType type, String name, List<Cause> causes) {
    return invalid(type.group(), type.kind(), name, causes);
  }

  public static ApiError invalid(String group, String kind, String name, List<Cause> causes) {
    // The message says everything once, the causes as often as it was found.
    var what = causes.stream().map(cause -> cause.field() + ": " + cause.message()).distinct().toList();
    var message = "%s \"%s\" is invalid: %s".formatted(ResourceType.qualified(kind, group), name,
        what.size() == 1 ? what.get(0) : what.stream().collect(Collectors.joining(", ", "[", "]")));
    return new ApiError(422, "Invalid", message, withCauses(details(group, kind, name), causes));
  }

  public static ApiError applyConflict(String message, List<Cause> causes) {
    return new ApiError(409, "Conflict", message, withCauses(Json.object(), causes));
  }

  private static ObjectNode details(String group, String kind, String name) {
    var details = Json.object();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    return details.put("kind", kind);
  }

  private static ObjectNode withCauses(ObjectNode details, List<Cause> causes) {
    var list = details.putArray("causes");
    causes.forEach(cause -> list.addObject()
        .put("reason", cause.reason()).put("message", cause.message()).put("field", cause.field()));
    return details;
  }
}
