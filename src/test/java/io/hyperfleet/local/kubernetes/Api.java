package io.hyperfleet.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.hyperfleet.local.kubernetes.resource.ApiAnswer;
import io.hyperfleet.local.kubernetes.resource.ApiError;
import io.hyperfleet.local.kubernetes.resource.ApiRequest;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ProtobufOptions;
import io.hyperfleet.local.kubernetes.resource.ResourcePath;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import io.hyperfleet.local.kubernetes.resource.Selectors;
import io.hyperfleet.local.kubernetes.resource.Store;
import io.hyperfleet.local.kubernetes.resource.Watch;
import io.hyperfleet.local.kubernetes.resource.WriteOptions;
import io.hyperfleet.local.kubernetes.write.Admission;
import io.hyperfleet.local.kubernetes.write.BodyCheck;
import io.hyperfleet.local.kubernetes.write.Deleter;
import io.hyperfleet.local.kubernetes.write.StrategicMerge;
import io.hyperfleet.local.kubernetes.write.TypedFields;
import io.hyperfleet.local.kubernetes.write.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers one request: finds the resource, does what the verb says, and turns refusals into Status answers. */
final class Api {

  private final Catalog catalog;
  private final Store store;
  private final Writer writer;
  private final Deleter deleter;
  private final Faults faults;
  private final Discovery discovery;

  Api(Catalog catalog, Store store, Writer writer, Deleter deleter, Faults faults) {
    this.catalog = catalog;
    this.store = store;
    this.writer = writer;
    this.deleter = deleter;
    this.faults = faults;
    this.discovery = new Discovery(catalog);
  }

  ApiAnswer answer(ApiRequest request) {
    try {
      var target = ResourcePath.parse(request.path());
      return target.isPresent() ? resource(request, target.get()) : discovery.answer(request.path());
    } catch (ApiError error) {
      return ApiAnswer.error(error);
    } catch (RuntimeException e) {
      return ApiAnswer.error(ApiError.of(500, "InternalError", "Internal error occurred: " + e));
    }
  }

  private ApiAnswer resource(ApiRequest request, ResourcePath target) {
    var call = request.call(target);
    RecordedCalls.note(request, call);
    faults.pass(call);
    if (request.isProtobuf() && request.body().length > 0 && !request.method().equals("DELETE")) {
      throw ApiError.unsupportedMediaType("application/json, application/yaml (of kubectl, use apply -f and create -f; "
          + "other creations print theirs with --dry-run=client -o yaml)");
    }
    if (target.plural().startsWith("self") && request.method().equals("POST")) {
      return AccessReview.allow(request);
    }
    var type = catalog.find(target.group(), target.version(), target.plural()).orElse(null);
    if (type == null) {
      return ApiAnswer.text(404, "404 page not found\n");
    }
    if (target.subresource().equals("log")) {
      return log(type, target);
    }
    var status = target.subresource().equals("status") && type.status();
    if (!target.subresource().isEmpty() && !status) {
      throw ApiError.of(404, "NotFound", "the server could not find the requested resource");
    }
    return switch (call.verb()) {
      case "get" -> ApiAnswer.json(200, view(request, type, List.of(find(type, target)), false));
      case "list" -> ApiAnswer.json(200, list(request, type, target));
      case "watch" -> ApiAnswer.watch(new Watch(store, type, request, target,
          object -> request.wantsTable()
              ? Tables.of(type, List.of(object), store.version())
              : inVersion(type, object)));
      case "create" -> create(request, type, target);
      case "update" -> ApiAnswer.json(200, update(request, type, target));
      case "patch" -> patch(request, type, target);
      case "delete" -> delete(request, type, target);
      case "deletecollection" -> ApiAnswer.json(200, deleteAll(request, type, target));
      default -> throw ApiError.methodNotAllowed();
    };
  }

  private ObjectNode find(ResourceType type, ResourcePath target) {
    return store.get(type, target.namespace(), target.name())
        .orElseThrow(() -> ApiError.notFound(type, target.name()));
  }

  private ApiAnswer delete(ApiRequest request, ResourceType type, ResourcePath target) {
    var options = deleteOptions(request);
    var dryRun = request.parameter("dryRun").equals("All") || options.path("dryRun").path(0).asText().equals("All");
    var answer = deleter.delete(type, find(type, target), options, dryRun);
    return ApiAnswer.json(200, answer).warn(!Deleter.keepsPods(type, options)
        ? List.of()
        : List.of(
            "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or "
                + "set propagationPolicy=Orphan to suppress this warning"));
  }

  private ObjectNode list(ApiRequest request, ResourceType type, ResourcePath target) {
    if (request.parameter("resourceVersionMatch").equals("Exact")
        && !request.parameter("resourceVersion").equals(Long.toString(store.version()))) {
      throw ApiError.of(410, "Expired", "The resourceVersion for the provided list is too old.");
    }
    return store.locked(() -> view(request, type, selected(request, type, target), true));
  }

  private List<ObjectNode> selected(ApiRequest request, ResourceType type, ResourcePath target) {
    var selector = Selectors.of(request);
    return store.list(type, target.namespace()).stream().filter(selector).toList();
  }

  private ObjectNode view(ApiRequest request, ResourceType type, List<ObjectNode> objects, boolean list) {
    if (request.wantsTable()) {
      return Tables.of(type, objects, store.version());
    }
    if (!list) {
      return inVersion(type, objects.get(0));
    }
    var result = Json.object().put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
    result.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
    result.putArray("items").addAll(objects.stream().map(object -> inVersion(type, object)).toList());
    return result;
  }

  /** An object in the version that was asked for; its fields are the same in all. */
  private static ObjectNode inVersion(ResourceType type, ObjectNode object) {
    return type.apiVersion().equals(Json.text(object, "apiVersion"))
        ? object
        : object.deepCopy().put("apiVersion", type.apiVersion());
  }

  private ApiAnswer create(ApiRequest request, ResourceType type, ResourcePath target) {
    if (!target.name().isEmpty()) {
      throw ApiError.methodNotAllowed();
    }
    var warnings = new ArrayList<String>();
    var body = body(request, type, target, warnings);
    BodyCheck.names(type, target.namespace(), "", body);
    Admission.podSecurity(store, type, target.namespace(), body, warnings);
    return ApiAnswer.json(201, writer.create(type, target.namespace(), body, WriteOptions.of(request, "")))
        .warn(warnings);
  }

  private ObjectNode update(ApiRequest request, ResourceType type, ResourcePath target) {
    var body = body(request, type, target, new ArrayList<>());
    BodyCheck.names(type, target.namespace(), target.name(), body);
    if (type.custom() && Json.text(body, "metadata", "resourceVersion").isEmpty()) {
      throw ApiError.invalid(type, target.name(), List.of(
          ApiError.Cause.invalid("metadata.resourceVersion", "0x0", "must be specified for an update")));
    }
    return writer.update(type, target.namespace(), target.name(), WriteOptions.of(request, target.subresource()),
        live -> body);
  }

  private ApiAnswer patch(ApiRequest request, ResourceType type, ResourcePath target) {
    var options = WriteOptions.of(request, target.subresource());
    if (options.apply()) {
      var named = new WriteOptions(request.parameter("fieldManager"), true, options.subresource(), options.force(),
          options.dryRun());
      var applied = writer.apply(type, target.namespace(), target.name(),
          body(request, type, target, new ArrayList<>()), named);
      return ApiAnswer.json(applied.created() ? 201 : 200, applied.object());
    }
    var patch = Json.parse(request.body());
    if (patch.isObject() == request.contentType().equals("application/json-patch+json")) {
      throw ApiError.badRequest("a JSON patch is a list, every other patch an object");
    }
    return ApiAnswer.json(200, writer.update(type, target.namespace(), target.name(), options,
        live -> patched(request, type, live, patch)));
  }

  private static ObjectNode patched(ApiRequest request, ResourceType type, ObjectNode live, JsonNode patch) {
    var contentType = request.contentType();
    ObjectNode result;
    if (contentType.equals("application/json-patch+json")) {
      try {
        result = (ObjectNode) JsonPatch.apply(patch, live);
      } catch (RuntimeException e) {
        throw ApiError.of(422, "Invalid", "the server rejected our request due to an error in our request: "
            + e.getMessage());
      }
    } else if (contentType.equals("application/merge-patch+json")) {
      result = StrategicMerge.json(live, (ObjectNode) patch);
    } else if (contentType.equals("application/strategic-merge-patch+json") && !type.custom()) {
      result = StrategicMerge.strategic(type.mergeRules(), live, (ObjectNode) patch);
    } else {
      throw ApiError.unsupportedMediaType("application/json-patch+json, application/merge-patch+json, "
          + (type.custom() ? "" : "application/strategic-merge-patch+json, ") + "application/apply-patch+yaml");
    }
    Json.stripNulls(result);
    TypedFields.check(type, result, false, request.strict(), new ArrayList<>());
    return result;
  }

  private ObjectNode deleteAll(ApiRequest request, ResourceType type, ResourcePath target) {
    var options = deleteOptions(request);
    return store.locked(() -> {
      var objects = new ArrayList<>(selected(request, type, target));
      objects.forEach(object -> deleter.delete(type, object, options, false));
      return view(new ApiRequest("GET", "", Map.of(), Map.of(), new byte[0]), type, objects, true);
    });
  }

  private static JsonNode deleteOptions(ApiRequest request) {
    var options = request.body().length == 0
        ? Json.object()
        : request.isProtobuf() ? ProtobufOptions.read(request.body()) : Json.parseObject(request.body());
    if (!request.parameter("propagationPolicy").isEmpty()) {
      options.put("propagationPolicy", request.parameter("propagationPolicy"));
    }
    return options;
  }

  private ApiAnswer log(ResourceType type, ResourcePath target) {
    var pod = find(type, target);
    return ApiAnswer.text(200, "pod %s is simulated: it ran no container, its phase is %s\n"
        .formatted(Json.name(pod), Json.text(pod, "status", "phase")));
  }

  private static ObjectNode body(ApiRequest request, ResourceType type, ResourcePath target, List<String> warnings) {
    var body = Json.parseObject(request.body());
    Json.stripNulls(body);
    BodyCheck.check(type, target, body);
    TypedFields.check(type, body, request.contentType().startsWith("application/apply-patch"), request.strict(),
        warnings);
    return body;
  }
}
