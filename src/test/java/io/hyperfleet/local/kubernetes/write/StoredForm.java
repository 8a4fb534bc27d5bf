package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import java.util.Set;

/**
 * What is left of an object's fields, and how they are spelled, once the real server has had them in its Go structures.
 */
final class StoredForm {

  private StoredForm() {
  }

  /**
   * Fields that Go keeps as pointers tell zero from nothing; of these kinds of values, the others are not stored as
   * zero.
   */
  private static final Set<String> PLAIN = Set.of("hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty",
      "readOnly", "paused",
      "publishNotReadyAddresses", "minReadySeconds", "initialDelaySeconds", "hostPort", "nodePort");
  private static final Set<String> TEXT_POINTERS = Set.of("storageClassName", "volumeMode", "runtimeClassName",
      "ipFamilyPolicy",
      "internalTrafficPolicy", "appProtocol", "loadBalancerClass", "holderIdentity", "timeZone");

  /** Writes quantities as the server does, and leaves out null, and what is empty, false or zero and no pointer. */
  static void settle(ResourceType type, ObjectNode object) {
    Models.of(type).ifPresent(model -> zeros(object, model));
  }

  private static void zeros(ObjectNode object, JavaType type) {
    var properties = Models.fields(type);
    for (var field : Json.fields(object)) {
      var property = properties.get(field);
      var value = object.get(field);
      if (property != null && isLeftOut(field, value, property)) {
        object.remove(field);
      } else if (property != null && Quantities.isQuantity(property)) {
        object.put(field, Quantities.canonical(value.asText()));
      } else if (property != null && property.isMapLikeType() && Quantities.isQuantity(property.getContentType())) {
        Json.fields(value).forEach(key -> ((ObjectNode) value).put(key, Quantities.canonical(value.get(key).asText())));
      } else if (property != null && value instanceof ObjectNode inner && Models.isModel(property)) {
        zeros(inner, property);
      } else if (property != null && property.isCollectionLikeType() && Models.isModel(property.getContentType())) {
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
}
