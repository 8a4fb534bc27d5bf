package io.hyperfleet.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.ApiAnswer;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What clients ask before they ask for anything else: version, groups, resources, and as much OpenAPI as makes kubectl
 * leave the validation of fields to the server. Aggregated discovery is not offered; clients fall back.
 */
final class Discovery {

  private static final List<String> VERBS = List.of("create", "delete", "deletecollection", "get", "list", "patch",
      "update", "watch");

  private final Catalog catalog;

  Discovery(Catalog catalog) {
    this.catalog = catalog;
  }

  ApiAnswer answer(String path) {
    var parts = path.replaceAll("^/+|/+$", "").split("/");
    var found = switch (parts[0]) {
      case "" -> paths();
      case "version" -> version();
      case "healthz", "livez", "readyz" -> null;
      case "api" -> parts.length == 1 ? coreVersions() : resources("", parts[1]);
      case "apis" -> parts.length == 1 ? groups() : parts.length == 2 ? group(parts[1]) : resources(parts[1], parts[2]);
      case "openapi" -> openApi(parts);
      default -> Json.object();
    };
    if (found == null) {
      return ApiAnswer.text(200, "ok");
    }
    return found.isEmpty() ? ApiAnswer.text(404, "404 page not found\n") : ApiAnswer.json(200, found);
  }

  private ObjectNode paths() {
    var result = Json.object();
    var list = result.putArray("paths").add("/api").add("/api/v1").add("/apis");
    groupVersions().forEach((group, versions) -> list.add("/apis/" + group));
    return result;
  }

  private static ObjectNode version() {
    return Json.object().put("major", "1").put("minor", "32").put("gitVersion", "v1.32.0")
        .put("platform", "local/simulated");
  }

  private static ObjectNode coreVersions() {
    var result = Json.object().put("kind", "APIVersions");
    result.putArray("versions").add("v1");
    result.putArray("serverAddressByClientCIDRs");
    return result;
  }

  private Map<String, TreeSet<String>> groupVersions() {
    var result = new LinkedHashMap<String, TreeSet<String>>();
    catalog.all().stream().filter(type -> !type.group().isEmpty())
        .forEach(type -> result.computeIfAbsent(type.group(), group -> new TreeSet<>()).add(type.version()));
    return result;
  }

  private ObjectNode groups() {
    var result = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    var list = result.putArray("groups");
    groupVersions().keySet().forEach(group -> list.add(group(group)));
    return result;
  }

  private ObjectNode group(String group) {
    var versions = groupVersions().getOrDefault(group, new TreeSet<>());
    if (versions.isEmpty()) {
      return Json.object();
    }
    var result = Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", group);
    var list = result.putArray("versions");
    versions.forEach(version -> list.addObject().put("groupVersion", group + "/" + version).put("version", version));
    result.set("preferredVersion", list.get(list.size() - 1));
    return result;
  }

  private ObjectNode resources(String group, String version) {
    var types = catalog.all().stream()
        .filter(type -> type.group().equals(group) && type.version().equals(version)).toList();
    if (types.isEmpty()) {
      return Json.object();
    }
    var result = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1")
        .put("groupVersion", types.get(0).apiVersion());
    var list = result.putArray("resources");
    for (var type : types) {
      var resource = list.addObject().put("name", type.plural()).put("singularName", type.singular())
          .put("namespaced", type.namespaced()).put("kind", type.kind());
      var verbs = resource.putArray("verbs");
      VERBS.forEach(verbs::add);
      if (!type.shortNames().isEmpty()) {
        var names = resource.putArray("shortNames");
        type.shortNames().forEach(names::add);
      }
      if (List.of("pods", "services", "deployments", "jobs", "cronjobs").contains(type.plural())) {
        resource.putArray("categories").add("all");
      }
      if (type.status()) {
        list.addObject().put("name", type.plural() + "/status").put("singularName", "")
            .put("namespaced", type.namespaced()).put("kind", type.kind())
            .putArray("verbs").add("get").add("patch").add("update");
      }
    }
    return result;
  }

  private ObjectNode openApi(String[] parts) {
    if (parts.length < 2 || !parts[1].equals("v3")) {
      return Json.object();
    }
    if (parts.length > 2) {
      return openApiOf(String.join("/", List.of(parts).subList(2, parts.length)));
    }
    var result = Json.object();
    var paths = result.putObject("paths");
    catalog.all().forEach(type -> paths.putObject(root(type)).put("serverRelativeURL", "/openapi/v3/" + root(type)));
    return result;
  }

  // kubectl looks for this one parameter of PATCH to learn that the server validates fields.
  private ObjectNode openApiOf(String root) {
    var types = catalog.all().stream().filter(type -> root(type).equals(root)).toList();
    if (types.isEmpty()) {
      return Json.object();
    }
    var result = Json.object().put("openapi", "3.0.0");
    result.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0");
    var paths = result.putObject("paths");
    var schemas = Json.ensure(result, "components", "schemas");
    for (var type : types) {
      var path = "/" + root(type) + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural() + "/{name}";
      var patch = paths.putObject(path).putObject("patch");
      patch.putArray("parameters").addObject().put("name", "fieldValidation").put("in", "query");
      patch.set("x-kubernetes-group-version-kind", kind(type));
      var schema = schemas.putObject(type.apiVersion().replace('/', '.') + "." + type.kind()).put("type", "object");
      schema.putArray("x-kubernetes-group-version-kind").add(kind(type));
    }
    return result;
  }

  private static ObjectNode kind(ResourceType type) {
    return Json.object().put("group", type.group()).put("version", type.version()).put("kind", type.kind());
  }

  private static String root(ResourceType type) {
    return type.group().isEmpty() ? "api/" + type.version() : "apis/" + type.apiVersion();
  }
}
