package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.ApiError;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import io.hyperfleet.local.kubernetes.resource.Store;
import java.util.ArrayList;
import java.util.List;

/** What a namespace lets in: so many objects of a kind, and pods as safe as its labels want. */
public final class Admission {

  private static final String LABEL = "pod-security.kubernetes.io/";

  private Admission() {
  }

  /** Refuses an object when a quota of its kind is used up. */
  static void quota(Store store, ResourceType type, ObjectNode object) {
    var counted = "count/" + type.qualifiedPlural();
    for (var quota : store.list(Catalog.QUOTAS, Json.namespace(object))) {
      var hard = quota.path("spec").path("hard").path(counted);
      var used = store.list(type, Json.namespace(object)).size();
      if (type.namespaced() && !hard.isMissingNode() && used >= hard.asInt()) {
        throw ApiError.forbidden(type, Json.name(object),
            "exceeded quota: %s, requested: %s=1, used: %s=%d, limited: %s=%s"
                .formatted(Json.name(quota), counted, counted, used, counted, hard.asText()));
      }
    }
  }

  /** Refuses a pod in a namespace that is restricted; of what makes pods it warns. */
  public static void podSecurity(Store store, ResourceType type, String namespace, ObjectNode object,
      List<String> warnings) {
    var labels = store.get(Catalog.NAMESPACES, "", namespace).map(found -> found.path("metadata").path("labels"))
        .orElse(Json.object());
    var isPod = type == Catalog.PODS;
    var violations = violations(isPod ? object.path("spec") : object.path("spec").path("template").path("spec"));
    if (violations.isEmpty() || !(isPod || object.path("spec").has("template"))) {
      return;
    }
    var what = " PodSecurity \"restricted:latest\": " + String.join(", ", violations);
    if (isPod && Json.text(labels, LABEL + "enforce").equals("restricted")) {
      throw ApiError.forbidden(type, Json.name(object), "violates" + what);
    }
    if (Json.text(labels, LABEL + "warn").equals("restricted")) {
      warnings.add("would violate" + what);
    }
  }

  private static List<String> violations(JsonNode spec) {
    var found = new ArrayList<String>();
    var host = List.of("hostNetwork", "hostPID", "hostIPC").stream().filter(field -> spec.path(field).asBoolean())
        .map(field -> field + "=true").toList();
    if (!host.isEmpty()) {
      found.add("host namespaces (" + String.join(", ", host) + ")");
    }
    for (var container : spec.path("containers")) {
      var name = "container \"" + Json.text(container, "name") + "\" must set securityContext.";
      var context = container.path("securityContext");
      if (context.path("allowPrivilegeEscalation").asBoolean(true)) {
        found.add("allowPrivilegeEscalation != false (" + name + "allowPrivilegeEscalation=false)");
      }
      if (!context.at("/capabilities/drop").toString().contains("\"ALL\"")) {
        found.add("unrestricted capabilities (" + name + "capabilities.drop=[\"ALL\"])");
      }
      if (!context.path("runAsNonRoot").asBoolean() && !spec.at("/securityContext/runAsNonRoot").asBoolean()) {
        found.add("runAsNonRoot != true (pod or " + name + "runAsNonRoot=true)");
      }
      if (context.at("/seccompProfile/type").isMissingNode()
          && spec.at("/securityContext/seccompProfile/type").isMissingNode()) {
        found.add("seccompProfile (pod or " + name + "seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")");
      }
    }
    return found;
  }
}
