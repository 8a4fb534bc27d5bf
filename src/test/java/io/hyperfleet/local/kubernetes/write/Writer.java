package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.ApiError.Cause;
import io.hyperfleet.local.kubernetes.resource.ApiError;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.FieldTree;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ManagedFields;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import io.hyperfleet.local.kubernetes.resource.Store;
import io.hyperfleet.local.kubernetes.resource.WriteOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Creates, updates and applies objects: what every write goes through, a client's as well as a controller's. */
public final class Writer {

  public record Applied(ObjectNode object, boolean created) {
  }

  private final Store store;

  public Writer(Store store) {
    this.store = store;
  }

  public ObjectNode create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
    return store.locked(() -> {
      var object = NewObjects.prepare(type, namespace, body);
      var name = Json.name(object);
      Validation.check(type, null, object);
      if (store.get(type, namespace, name).isPresent()) {
        throw ApiError.alreadyExists(type, name);
      }
      requireNamespace(type, namespace, name);
      Admission.quota(store, type, object);
      var owners = new ManagedFields();
      owners.update(options.owner(type), new FieldTree(type.mergeRules()), Json.object(), object);
      owners.writeTo(object);
      Defaults.onceStored(type, object);
      return store(type, object, options);
    });
  }

  /** Applies a change to the live object; {@code change} sees a copy and may return it. */
  public ObjectNode update(ResourceType type, String namespace, String name, WriteOptions options,
      UnaryOperator<ObjectNode> change) {
    return store.locked(() -> {
      var live = store.get(type, namespace, name).orElseThrow(() -> ApiError.notFound(type, name));
      var next = change.apply(live.deepCopy());
      checkVersion(type, live, next);
      // An update may rewrite ownership itself: kubectl does so when it moves an object to server-side apply.
      var own = !options.toStatus() && !next.path("metadata").path("managedFields").isEmpty();
      var owners = ManagedFields.of(own ? next : live);
      settle(type, live, next, options);
      owners.update(options.owner(type), new FieldTree(type.mergeRules()), live, next);
      owners.writeTo(next);
      return next.equals(live) ? live : commit(type, live, next, options);
    });
  }

  public Applied apply(ResourceType type, String namespace, String name, ObjectNode config, WriteOptions options) {
    if (options.manager().isEmpty()) {
      throw ApiError.invalid("meta.k8s.io", "PatchOptions", "",
          List.of(Cause.required("fieldManager", "is required for apply patch")));
    }
    if (config.path("metadata").has("managedFields")) {
      throw ApiError.badRequest("metadata.managedFields must be nil");
    }
    return store.locked(() -> {
      var live = store.get(type, namespace, name);
      return live.isPresent()
          ? new Applied(applyTo(type, live.get(), config, options), false)
          : new Applied(applyNew(type, namespace, name, config, options), true);
    });
  }

  private ObjectNode applyNew(ResourceType type, String namespace, String name, ObjectNode config,
      WriteOptions options) {
    if (!options.subresource().isEmpty()) {
      throw ApiError.notFound(type, name);
    }
    var applied = ServerSideApply.apply(type, Json.object(), config, options);
    BodyCheck.names(type, namespace, name, config);
    var owners = ManagedFields.of(applied);
    Json.metadata(applied).put("name", name);
    var object = NewObjects.prepare(type, namespace, applied);
    Validation.check(type, null, object);
    requireNamespace(type, namespace, name);
    Admission.quota(store, type, object);
    owners.writeTo(object);
    Defaults.onceStored(type, object);
    return store(type, object, options);
  }

  private ObjectNode applyTo(ResourceType type, ObjectNode live, ObjectNode config, WriteOptions options) {
    checkVersion(type, live, config);
    var next = ServerSideApply.apply(type, live, config, options);
    BodyCheck.names(type, Json.namespace(live), Json.name(live), config);
    var owners = ManagedFields.of(next);
    settle(type, live, next, options);
    owners.writeTo(next);
    return next.equals(live) ? live : commit(type, live, next, options);
  }

  // Keeps what this kind of write may not change, and fills in what it left out.
  private static void settle(ResourceType type, ObjectNode live, ObjectNode next, WriteOptions options) {
    if (options.toStatus()) {
      Json.fields(next).stream().filter(field -> !field.equals("status")).forEach(next::remove);
      Json.fields(live).stream().filter(field -> !field.equals("status"))
          .forEach(field -> next.set(field, live.get(field).deepCopy()));
      return;
    }
    next.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    if (type.status()) {
      Json.copyField(live, next, "status");
    }
    var metadata = Json.metadata(next);
    NewObjects.SERVER_FIELDS.forEach(field -> Json.copyField(Json.metadata(live), metadata, field));
    StoredForm.settle(type, next);
    Defaults.apply(type, next);
    Validation.check(type, live, next);
  }

  private ObjectNode commit(ResourceType type, ObjectNode live, ObjectNode next, WriteOptions options) {
    var metadata = Json.metadata(next);
    if (type.generation() && !options.toStatus() && !content(type, next).equals(content(type, live))) {
      metadata.put("generation", metadata.path("generation").asInt() + 1);
    }
    if (metadata.has("deletionTimestamp") && metadata.path("finalizers").isEmpty()) {
      if (!options.dryRun()) {
        store.remove(type, live);
      }
      return next;
    }
    return store(type, next, options);
  }

  // What the generation counts: everything that is neither metadata nor the status.
  private static ObjectNode content(ResourceType type, ObjectNode object) {
    ObjectNode result = object.deepCopy();
    result.remove("metadata");
    if (type.status() || !type.custom()) {
      result.remove("status");
    }
    return result;
  }

  private ObjectNode store(ResourceType type, ObjectNode object, WriteOptions options) {
    return options.dryRun() ? object : store.put(type, object);
  }

  private static void checkVersion(ResourceType type, ObjectNode live, ObjectNode next) {
    var based = Optional.of(Json.text(next, "metadata", "resourceVersion")).filter(version -> !version.isEmpty());
    if (based.isPresent() && !based.get().equals(Json.text(live, "metadata", "resourceVersion"))) {
      throw ApiError.modified(type, Json.name(live));
    }
  }

  private void requireNamespace(ResourceType type, String namespace, String name) {
    if (!type.namespaced()) {
      return;
    }
    var found = store.get(Catalog.NAMESPACES, "", namespace)
        .orElseThrow(() -> ApiError.notFound(Catalog.NAMESPACES, namespace));
    if (found.path("metadata").has("deletionTimestamp")) {
      var message = "%s \"%s\" is forbidden: unable to create new content in namespace %s because it is being "
          + "terminated";
      throw ApiError.of(403, "Forbidden", message.formatted(type.qualifiedPlural(), name, namespace), type, name);
    }
  }

  public static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
