package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The kinds that are served: the built-in ones, and what CustomResourceDefinitions add and take away. */
public final class Catalog {

  public static final ResourceType NAMESPACES = type("", "v1", "Namespace", "namespaces", "ns", false, true, false);
  public static final ResourceType PODS = type("", "v1", "Pod", "pods", "po", true, true, true);
  public static final ResourceType EVENTS = type("", "v1", "Event", "events", "ev", true, false, false);
  public static final ResourceType SERVICE_ACCOUNTS = type("", "v1", "ServiceAccount", "serviceaccounts", "sa", true,
      false, false);
  public static final ResourceType QUOTAS = type("", "v1", "ResourceQuota", "resourcequotas", "quota", true, true,
      false);
  public static final ResourceType JOBS = type("batch", "v1", "Job", "jobs", "", true, true, true);
  public static final ResourceType DEPLOYMENTS = type("apps", "v1", "Deployment", "deployments", "deploy", true, true,
      true);
  public static final ResourceType DEFINITIONS = type("apiextensions.k8s.io", "v1", "CustomResourceDefinition",
      "customresourcedefinitions", "crd", false, true, true);

  private static final String RBAC = "rbac.authorization.k8s.io";

  private final Map<String, ResourceType> types = new ConcurrentSkipListMap<>();

  public Catalog() {
    List.of(NAMESPACES, PODS, EVENTS, QUOTAS, SERVICE_ACCOUNTS, JOBS, DEPLOYMENTS, DEFINITIONS,
        type("", "v1", "ConfigMap", "configmaps", "cm", true, false, false),
        type("", "v1", "LimitRange", "limitranges", "limits", true, false, false),
        type("", "v1", "Secret", "secrets", "", true, false, false),
        type("", "v1", "Service", "services", "svc", true, true, false),
        type("batch", "v1", "CronJob", "cronjobs", "cj", true, true, true),
        type("coordination.k8s.io", "v1", "Lease", "leases", "", true, false, false),
        type(RBAC, "v1", "Role", "roles", "", true, false, false),
        type(RBAC, "v1", "RoleBinding", "rolebindings", "", true, false, false),
        type(RBAC, "v1", "ClusterRole", "clusterroles", "", false, false, false),
        type(RBAC, "v1", "ClusterRoleBinding", "clusterrolebindings", "", false, false, false))
        .forEach(this::add);
  }

  public Optional<ResourceType> find(String group, String version, String plural) {
    return Optional.ofNullable(types.get(key(group, version, plural)));
  }

  /** The type of an object that names itself by apiVersion and kind, as owner references do. */
  public Optional<ResourceType> ofKind(String apiVersion, String kind) {
    return all().stream().filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind)).findFirst();
  }

  public Collection<ResourceType> all() {
    return List.copyOf(types.values());
  }

  /** Serves every version of a CustomResourceDefinition that it wants served. */
  public void define(JsonNode definition) {
    forget(definition);
    typesOf(definition).forEach(this::add);
  }

  public void forget(JsonNode definition) {
    var group = Json.text(definition, "spec", "group");
    var plural = Json.text(definition, "spec", "names", "plural");
    types.values().removeIf(type -> type.custom() && type.is(group, plural));
  }

  public static List<ResourceType> typesOf(JsonNode definition) {
    var spec = definition.path("spec");
    var names = spec.path("names");
    var shortNames = new ArrayList<String>();
    names.path("shortNames").forEach(name -> shortNames.add(name.asText()));
    var result = new ArrayList<ResourceType>();
    for (var version : spec.path("versions")) {
      if (version.path("served").asBoolean(true)) {
        result.add(new ResourceType(Json.text(spec, "group"), Json.text(version, "name"), Json.text(names, "kind"),
            Json.text(names, "plural"), List.copyOf(shortNames), Json.text(spec, "scope").equals("Namespaced"),
            version.path("subresources").has("status"), true, version));
      }
    }
    return result;
  }

  private void add(ResourceType type) {
    types.put(key(type.group(), type.version(), type.plural()), type);
  }

  private static String key(String group, String version, String plural) {
    return group + "/" + version + "/" + plural;
  }

  private static ResourceType type(String group, String version, String kind, String plural, String shortName,
      boolean namespaced, boolean status, boolean generation) {
    return new ResourceType(group, version, kind, plural, shortName.isEmpty() ? List.of() : List.of(shortName),
        namespaced, status, generation, null);
  }
}
