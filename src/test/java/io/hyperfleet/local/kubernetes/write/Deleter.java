package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.ApiError;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import io.hyperfleet.local.kubernetes.resource.Store;
import io.hyperfleet.local.kubernetes.resource.WriteOptions;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Deletes objects and collects what they leave behind: dependents by owner reference, and the contents of namespaces.
 * An object that finalizers hold is marked and goes when the last of them is removed.
 */
public final class Deleter {

  private static final String FOREGROUND = "foregroundDeletion";
  private static final WriteOptions COLLECTOR = WriteOptions.controller("kube-controller-manager");

  private final Store store;
  private final Catalog catalog;
  private final Writer writer;

  public Deleter(Store store, Catalog catalog, Writer writer) {
    this.store = store;
    this.catalog = catalog;
    this.writer = writer;
  }

  /** Answers the object when something still holds it, or the real server's Success. */
  public JsonNode delete(ResourceType type, ObjectNode object, JsonNode options, boolean dryRun) {
    return store.locked(() -> {
      check(type, object, options.path("preconditions"));
      var propagation = propagation(type, options);
      if (!dryRun) {
        delete(type, object, propagation);
      }
      if (propagation.equals("Orphan")) {
        // It is there until its dependents are let go, which is at once.
        return marked(object, "orphan");
      }
      var left = store.get(type, Json.namespace(object), Json.name(object));
      return left.filter(found -> Json.uid(found).equals(Json.uid(object)) && !dryRun)
          .map(JsonNode.class::cast).orElseGet(() -> success(type, object));
    });
  }

  public void delete(ResourceType type, ObjectNode object, String propagation) {
    store.locked(() -> {
      var metadata = object.path("metadata");
      var marked = metadata.has("deletionTimestamp");
      if (propagation.equals("Orphan")) {
        dependents(object, this::orphan);
      }
      var foreground = propagation.equals("Foreground") && hasDependents(object);
      var held = foreground || !metadata.path("finalizers").isEmpty() || type == Catalog.NAMESPACES;
      if (!held) {
        store.remove(type, object);
      } else if (!marked) {
        mark(type, object, foreground);
      }
      if (foreground) {
        dependents(object, (kind, dependent) -> delete(kind, dependent, "Foreground"));
      }
    });
  }

  /** Follows up on a removal: dependents, owners that waited for this one, and a namespace that waited. */
  public void collect(Store.Change change) {
    if (change.type() == Catalog.EVENTS) {
      return;
    }
    if (change.action() != Store.Action.DELETED) {
      if (change.type() == Catalog.NAMESPACES && change.object().path("metadata").has("deletionTimestamp")) {
        empty(change.object());
      }
      return;
    }
    store.locked(() -> {
      dependents(change.object(), (kind, dependent) -> delete(kind, dependent, "Background"));
      for (var reference : change.object().path("metadata").path("ownerReferences")) {
        catalog.ofKind(Json.text(reference, "apiVersion"), Json.text(reference, "kind"))
            .flatMap(type -> store.get(type, type.namespaced() ? Json.namespace(change.object()) : "",
                Json.text(reference, "name")).filter(owner -> !hasDependents(owner))
                .filter(owner -> owner.path("metadata").path("finalizers").toString().contains(FOREGROUND)))
            .ifPresent(this::release);
      }
      store.get(Catalog.NAMESPACES, "", Json.namespace(change.object()))
          .filter(namespace -> namespace.path("metadata").has("deletionTimestamp")).ifPresent(this::empty);
    });
  }

  private void release(ObjectNode owner) {
    var type = catalog.ofKind(Json.text(owner, "apiVersion"), Json.text(owner, "kind")).orElseThrow();
    writer.update(type, Json.namespace(owner), Json.name(owner), COLLECTOR, object -> {
      ((ArrayNode) object.path("metadata").path("finalizers")).removeIf(value -> value.asText().equals(FOREGROUND));
      return object;
    });
  }

  private void empty(ObjectNode namespace) {
    store.locked(() -> {
      var name = Json.name(namespace);
      var kinds = catalog.all().stream().filter(ResourceType::namespaced).toList();
      kinds.forEach(type -> store.list(type, name).stream()
          .filter(object -> !object.path("metadata").has("deletionTimestamp"))
          .forEach(object -> delete(type, object, "Background")));
      if (kinds.stream().allMatch(type -> store.list(type, name).isEmpty())) {
        store.remove(Catalog.NAMESPACES, namespace);
      }
    });
  }

  private void mark(ResourceType type, ObjectNode object, boolean foreground) {
    var next = marked(object, foreground ? FOREGROUND : "");
    if (type == Catalog.NAMESPACES) {
      Json.ensure(next, "status").put("phase", "Terminating");
    }
    store.put(type, next);
  }

  private static ObjectNode marked(ObjectNode object, String finalizer) {
    ObjectNode next = object.deepCopy();
    var metadata = Json.metadata(next);
    metadata.put("deletionTimestamp", Writer.now()).put("deletionGracePeriodSeconds", 0);
    if (metadata.has("generation")) {
      metadata.put("generation", metadata.get("generation").asInt() + 1);
    }
    if (!finalizer.isEmpty()) {
      metadata.withArray("finalizers").add(finalizer);
    }
    return next;
  }

  private void orphan(ResourceType type, ObjectNode dependent) {
    writer.update(type, Json.namespace(dependent), Json.name(dependent), COLLECTOR, object -> {
      Json.metadata(object).remove("ownerReferences");
      return object;
    });
  }

  private boolean hasDependents(ObjectNode owner) {
    return !store.dependents(Json.uid(owner)).isEmpty();
  }

  private void dependents(ObjectNode owner, BiConsumer<ResourceType, ObjectNode> action) {
    store.dependents(Json.uid(owner)).forEach(found -> store.get(found.type(), found.namespace(), found.name())
        .ifPresent(object -> action.accept(found.type(), object)));
  }

  // Jobs keep their pods unless the caller says otherwise: an old promise of batch/v1 that surprises many.
  private static String propagation(ResourceType type, JsonNode options) {
    var asked = Json.text(options, "propagationPolicy");
    if (!asked.isEmpty() && !List.of("Background", "Foreground", "Orphan").contains(asked)) {
      throw ApiError.invalid("meta.k8s.io", "DeleteOptions", "", List.of(new ApiError.Cause("FieldValueNotSupported",
          "Unsupported value: \"%s\": supported values: \"Foreground\", \"Background\", \"Orphan\"".formatted(asked),
          "propagationPolicy")));
    }
    return !asked.isEmpty() ? asked : keepsPods(type, options) ? "Orphan" : "Background";
  }

  /** Whether a delete says nothing of the pods, which a Job then leaves behind. */
  public static boolean keepsPods(ResourceType type, JsonNode options) {
    return type == Catalog.JOBS && Json.text(options, "propagationPolicy").isEmpty();
  }

  private static void check(ResourceType type, ObjectNode object, JsonNode preconditions) {
    for (var field : Json.fields(preconditions)) {
      var wanted = preconditions.path(field).asText();
      var found = Json.text(object, "metadata", field);
      if (!wanted.equals(found)) {
        throw ApiError.precondition(type, Json.name(object),
            ("the %s in the precondition (%s) does not match the %s in record (%s). The "
                + "object might have been %s").formatted(field.equals("uid") ? "UID" : "ResourceVersion", wanted,
                    field.equals("uid") ? "UID" : "ResourceVersion", found,
                    field.equals("uid") ? "deleted and then recreated" : "modified"));
      }
    }
  }

  private static ObjectNode success(ResourceType type, ObjectNode object) {
    var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    status.putObject("details").put("name", Json.name(object)).put("group", type.group())
        .put("kind", type.plural()).put("uid", Json.uid(object));
    return status;
  }
}
