package io.hyperfleet.local.kubernetes;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the fields of built-in kinds against fabric8's models, so that a typing error in a manifest is refused here as
 * a cluster refuses it: an apply fails on an unknown field, other writes drop it unless they ask for strictness.
 */
final class TypedFields {

  private record Problem(ObjectNode parent, String field, String path, String message) {

    boolean unknown() {
      return message.isEmpty();
    }
  }

  private static final Map<String, Class<?>> MODELS = Stream.of(Namespace.class, Pod.class, Event.class,
      ServiceAccount.class, ConfigMap.class, Secret.class, Service.class, Job.class, CronJob.class, Deployment.class,
      Lease.class, Role.class, RoleBinding.class, ClusterRole.class, ClusterRoleBinding.class)
      .collect(Collectors.toMap(Class::getSimpleName, model -> model));
  private static final Map<JavaType, Map<String, JavaType>> PROPERTIES = new ConcurrentHashMap<>();

  /** What the server writes itself, and what holds anything. */
  private static final Set<String> OPEN =
      Set.of("FieldsV1", "RawExtension", "AnyType", "IntOrString", "Quantity", "MicroTime");

  private final List<Problem> problems = new ArrayList<>();

  private TypedFields() {
  }

  static void check(ResourceType type, ObjectNode object, boolean apply, boolean strict) {
    var found = find(type, object);
    if (found.isEmpty()) {
      return;
    }
    if (apply) {
      var each = found.stream().map(problem -> problem.path() + ": "
          + (problem.unknown() ? "field not declared in schema" : "expected " + problem.message())).toList();
      throw ApiError.of(500, "", "failed to create typed patch object (%s/%s; %s, Kind=%s): %s".formatted(
          Json.namespace(object), Json.name(object), type.apiVersion(), type.kind(),
          each.size() == 1 ? each.get(0) : "errors:\n  " + String.join("\n  ", each)));
    }
    var cannot = "%s in version \"%s\" cannot be handled as a %s: ".formatted(type.kind(), type.version(), type.kind());
    found.stream().filter(problem -> !problem.unknown()).findFirst().ifPresent(wrong -> {
      throw ApiError.badRequest(cannot + "json: cannot unmarshal " + wrong.parent().path(wrong.field()).getNodeType()
          .name().toLowerCase(Locale.ROOT) + " into Go struct field " + type.kind() + wrong.path()
          + " of type " + wrong.message());
    });
    if (strict) {
      throw ApiError.badRequest(cannot + "strict decoding error: " + found.stream()
          .map(problem -> "unknown field \"" + problem.path().substring(1) + "\"").collect(Collectors.joining(", ")));
    }
    found.forEach(problem -> problem.parent().remove(problem.field()));
  }

  /** Fields that Go keeps as pointers tell zero from nothing; of these kinds of values, the others are not stored as zero. */
  private static final Set<String> PLAIN = Set.of("hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty", "readOnly", "paused",
      "publishNotReadyAddresses", "minReadySeconds", "initialDelaySeconds", "hostPort", "nodePort");
  private static final Set<String> TEXT_POINTERS = Set.of("storageClassName", "volumeMode", "runtimeClassName", "ipFamilyPolicy",
      "internalTrafficPolicy", "appProtocol", "loadBalancerClass", "holderIdentity", "timeZone");

  /** Leaves out what the server's Go structures do not store: null, and what is empty, false or zero and no pointer. */
  static void leaveOutZeros(ResourceType type, ObjectNode object) {
    var model = type.custom() ? null : MODELS.get(type.kind());
    if (model != null) {
      zeros(object, Serialization.jsonMapper().constructType(model));
    }
  }

  private static void zeros(ObjectNode object, JavaType type) {
    var properties = PROPERTIES.computeIfAbsent(type, TypedFields::properties);
    for (var field : Json.fields(object)) {
      var property = properties.get(field);
      var value = object.get(field);
      if (property != null && isLeftOut(field, value, property)) {
        object.remove(field);
      } else if (property != null && value instanceof ObjectNode inner && isModel(property)) {
        zeros(inner, property);
      } else if (property != null && property.isCollectionLikeType() && isModel(property.getContentType())) {
        value.forEach(item -> {
          if (item instanceof ObjectNode inner) {
            zeros(inner, property.getContentType());
          }
        });
      }
    }
  }

  private static boolean isLeftOut(String field, JsonNode value, JavaType type) {
    if (type.isMapLikeType() || type.isCollectionLikeType()) {
      return value.isNull() || value.isEmpty();
    }
    return value.isNull() || value.isTextual() && value.asText().isEmpty() && type.hasRawClass(String.class)
        && !TEXT_POINTERS.contains(field)
        || PLAIN.contains(field) && (value.isBoolean() && !value.asBoolean() || value.isNumber() && value.asInt() == 0);
  }

  private static List<Problem> find(ResourceType type, ObjectNode object) {
    var model = type.custom() ? null : MODELS.get(type.kind());
    if (model == null) {
      return List.of();
    }
    var check = new TypedFields();
    check.fields("", object, Serialization.jsonMapper().constructType(model));
    return check.problems;
  }

  private void fields(String path, ObjectNode object, JavaType type) {
    var properties = PROPERTIES.computeIfAbsent(type, TypedFields::properties);
    for (var field : Json.fields(object)) {
      var at = path + "." + field;
      Optional.ofNullable(properties.get(field)).ifPresentOrElse(
          property -> value(object, field, at, object.get(field), property),
          () -> problems.add(new Problem(object, field, at, "")));
    }
  }

  private void value(ObjectNode parent, String field, String path, JsonNode value, JavaType type) {
    var expected = expected(value, type);
    if (!expected.isEmpty()) {
      problems.add(new Problem(parent, field, path, expected));
    } else if (type.isMapLikeType() && value instanceof ObjectNode map) {
      Json.fields(map).forEach(key -> value(map, key, path + "." + key, map.get(key), type.getContentType()));
    } else if (type.isCollectionLikeType()) {
      for (int i = 0; i < value.size(); i++) {
        value(parent, field, path + "[" + i + "]", value.get(i), type.getContentType());
      }
    } else if (value instanceof ObjectNode object && isModel(type)) {
      fields(path, object, type);
    }
  }

  /** What the value should be, or an empty text when it is that. */
  private static String expected(JsonNode value, JavaType type) {
    if (type.isMapLikeType() || isModel(type)) {
      return value.isObject() ? "" : "map";
    }
    if (type.isCollectionLikeType()) {
      return value.isArray() ? "" : "list";
    }
    if (type.hasRawClass(String.class)) {
      return value.isTextual() ? "" : "string";
    }
    if (type.hasRawClass(Boolean.class)) {
      return value.isBoolean() ? "" : "boolean";
    }
    return Number.class.isAssignableFrom(type.getRawClass()) && !value.isNumber() ? "numeric (int or float)" : "";
  }

  // Quantities, times and the like bring their own deserializer and accept several shapes.
  private static boolean isModel(JavaType type) {
    var raw = type.getRawClass();
    var reader = raw.getAnnotation(JsonDeserialize.class);
    return raw.getName().startsWith("io.fabric8.") && !OPEN.contains(raw.getSimpleName()) && !raw.isInterface()
        && (reader == null || reader.using() == JsonDeserializer.None.class);
  }

  private static Map<String, JavaType> properties(JavaType type) {
    var mapper = Serialization.jsonMapper();
    var result = new HashMap<String, JavaType>();
    mapper.getDeserializationConfig().introspect(type).findProperties()
        .forEach(property -> result.put(property.getName(), property.getPrimaryType()));
    return result;
  }
}
