package io.hyperfleet.dryrun.lint;

import io.fabric8.kubernetes.api.Pluralize;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.policy.ManifestRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The Role that an adapter needs to create, read and delete its objects, as in the chart.
 *
 * @param adapter name of the adapter
 * @param namespace where the Role is; empty for a ClusterRole, which kinds without a namespace need
 * @param rules its rules
 */
public record NeededRole(String adapter, String namespace, List<Rule> rules) {

  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final List<String> READ = List.of("get", "list");

  /** Verbs on the resources of a group. */
  public record Rule(List<String> apiGroups, List<String> resources, List<String> verbs) {}

  /** The Role of an adapter, and where it makes kinds that belong to no namespace, a ClusterRole for those. */
  public static List<NeededRole> of(AdapterDefinition adapter) {
    List<Rule> inNamespace = new ArrayList<>();
    List<Rule> clusterWide = new ArrayList<>();
    var verbs = adapter.template().runsJob()
        ? List.of("get", "list", "watch", "create", "delete")
        : List.of("get", "list", "watch", "create", "patch", "delete");
    adapter.types().forEach(type -> (ManifestRules.isClusterWide(type.apiVersion(), type.kind())
        ? clusterWide
        : inNamespace).add(rule(type.apiVersion(), type.kind(), verbs)));
    adapter.discover().stream().map(object -> rule(object.apiVersion(), object.kind(), READ)).distinct()
        .filter(rule -> inNamespace.stream().noneMatch(made -> made.apiGroups().equals(rule.apiGroups())
            && made.resources().equals(rule.resources())))
        .forEach(inNamespace::add);
    // Why a workload does not run, or has failed.
    inNamespace.add(new Rule(List.of(""), List.of("pods", "events"), List.of("list")));
    List<NeededRole> roles = new ArrayList<>();
    roles.add(new NeededRole(adapter.name(), adapter.namespace(), List.copyOf(inNamespace)));
    if (!clusterWide.isEmpty()) {
      roles.add(new NeededRole(adapter.name(), "", List.copyOf(clusterWide)));
    }
    return roles;
  }

  private static Rule rule(String apiVersion, String kind, List<String> verbs) {
    int slash = apiVersion.indexOf('/');
    return new Rule(List.of(slash < 0 ? "" : apiVersion.substring(0, slash)),
        List.of(Pluralize.toPlural(kind.toLowerCase(Locale.ROOT))), verbs);
  }

  /** The Kubernetes object. */
  public Map<String, Object> object() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", "adapter-" + adapter);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", GROUP + "/v1");
    object.put("kind", namespace.isEmpty() ? "ClusterRole" : "Role");
    object.put("metadata", metadata);
    object.put("rules", rules);
    return object;
  }
}
