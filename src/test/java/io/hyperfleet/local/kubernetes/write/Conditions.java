package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Json;

/** Status conditions: one per type, whose transition time moves only when its status does. */
public final class Conditions {

  private Conditions() {
  }

  public static boolean isTrue(JsonNode object, String type) {
    for (var condition : object.path("status").path("conditions")) {
      if (Json.text(condition, "type").equals(type)) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  public static ObjectNode set(ObjectNode object, String type, boolean is, String reason, String message) {
    var conditions = Json.ensure(object, "status").withArray("conditions");
    ObjectNode condition = null;
    for (var item : conditions) {
      condition = Json.text(item, "type").equals(type) ? (ObjectNode) item : condition;
    }
    if (condition == null) {
      condition = conditions.addObject().put("type", type);
    }
    var status = is ? "True" : "False";
    if (!Json.text(condition, "status").equals(status)) {
      condition.put("status", status).put("lastTransitionTime", Writer.now());
    }
    if (!reason.isEmpty()) {
      condition.put("reason", reason);
    }
    if (!message.isEmpty()) {
      condition.put("message", message);
    }
    return condition;
  }
}
