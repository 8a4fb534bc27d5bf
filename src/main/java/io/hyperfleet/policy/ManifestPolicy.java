package io.hyperfleet.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says what in a manifest is not allowed (faults.md S5). It looks at the object as it would be sent, so that no expression can
 * get around it. Pods are held to the baseline of Kubernetes' pod security standards, and to the service accounts and secrets
 * that an operator has named; fields of a pod's security that are not known are refused.
 */
public class ManifestPolicy {

  static final String KEY = "hyperfleet.adapters.policy.";

  private final PolicyProperties properties;
  private final Map<String, AllowList> lists = new ConcurrentHashMap<>();

  public ManifestPolicy(PolicyProperties properties) {
    this.properties = properties;
  }

  /**
   * What is not allowed; empty when everything is.
   *
   * @param adapter name of the adapter that makes it
   * @param namespace namespace of an object that names none
   * @param object the manifest, filled in
   */
  public List<String> violations(String adapter, String namespace, Map<String, ?> object) {
    var allowed = allowed(adapter);
    var found = new ArrayList<String>();
    checkKind(allowed, String.valueOf(object.get("apiVersion")), String.valueOf(object.get("kind")), found);
    var metadata = object.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    checkNamespace(allowed, metadata.containsKey("namespace") ? String.valueOf(metadata.get("namespace")) : namespace,
        found);
    if (object.get("spec") instanceof Map<?, ?> spec) {
      podSpec(String.valueOf(object.get("kind")), spec)
          .ifPresent(pod -> new PodPolicy(allowed, found).check(pod.path(), pod.spec()));
    }
    return List.copyOf(found);
  }

  /** What is not allowed of reading an object; empty when it may be read. */
  public List<String> violations(String adapter, String namespace, String apiVersion, String kind) {
    var found = new ArrayList<String>();
    checkKind(allowed(adapter), apiVersion, kind, found);
    checkNamespace(allowed(adapter), namespace, found);
    return List.copyOf(found);
  }

  private AllowList allowed(String adapter) {
    return lists.computeIfAbsent(adapter, name -> AllowList.of(properties, name));
  }

  private static void checkKind(AllowList allowed, String apiVersion, String kind, List<String> found) {
    int slash = apiVersion.indexOf('/');
    var name = slash < 0 ? kind : kind + "." + apiVersion.substring(0, slash);
    if (!allowed.kinds().contains(name)) {
      found.add("the kind " + name + " is not among " + words(allowed.kinds()) + " (" + KEY + "kinds)");
    }
  }

  private static void checkNamespace(AllowList allowed, String namespace, List<String> found) {
    if (!allowed.namespaces().contains(namespace)) {
      found.add("the namespace " + namespace + " is not among " + words(allowed.namespaces()) + " (" + KEY
          + "namespaces)");
    }
  }

  static String words(Set<String> allowed) {
    return allowed.isEmpty() ? "those allowed, which are none" : "those allowed, which are "
        + String.join(", ", new TreeSet<>(allowed));
  }

  private record PodSpec(String path, Map<?, ?> spec) {}

  private static Optional<PodSpec> podSpec(String kind, Map<?, ?> spec) {
    if (kind.equals("Pod")) {
      return Optional.of(new PodSpec("spec", spec));
    }
    if (spec.get("jobTemplate") instanceof Map<?, ?> job && job.get("spec") instanceof Map<?, ?> jobSpec) {
      return template("spec.jobTemplate.spec.template.spec", jobSpec);
    }
    return template("spec.template.spec", spec);
  }

  private static Optional<PodSpec> template(String path, Map<?, ?> spec) {
    return spec.get("template") instanceof Map<?, ?> template && template.get("spec") instanceof Map<?, ?> pod
        ? Optional.of(new PodSpec(path, pod)) : Optional.empty();
  }
}
