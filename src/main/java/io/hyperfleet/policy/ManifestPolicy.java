package io.hyperfleet.policy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds policy violations of a manifest. It checks the object to be sent, so that expressions cannot bypass it. Pods
 * are found by kind, and anything else that looks like a part of a pod is checked with the same rules. Pods are checked
 * against a level of Kubernetes' Pod Security Standards, and the service accounts, Secrets and permissions that the
 * operator allows. Only values known to be harmless are accepted.
 *
 * <p>A manifest can also be checked before rendering, where {@link Unknown} counts as harmless.
 */
public class ManifestPolicy {

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
   * @param object the manifest, filled in or not
   */
  public List<Violation> violations(String adapter, String namespace, Map<?, ?> object) {
    var findings = new Findings(allowed(adapter));
    new ObjectPolicy(findings).check(ManifestNode.of(object), namespace);
    return findings.list();
  }

  /** What is not allowed of reading an object; empty when it may be read. */
  public List<Violation> violations(String adapter, String namespace, String apiVersion, String kind) {
    var findings = new Findings(allowed(adapter));
    new KindPolicy(findings).check(apiVersion, ManifestNode.of(Map.of("kind", kind)).get("kind"));
    findings.namespace(ManifestNode.of(null), namespace);
    return findings.list();
  }

  private AllowList allowed(String adapter) {
    return lists.computeIfAbsent(adapter, name -> AllowList.of(properties, name));
  }
}
