package io.hyperfleet.policy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says what in a manifest is not allowed. It looks at the object as it will be sent, so that no expression can get
 * around it; where pods stand is known by kind, and everything else that looks like a part of a pod is held to the same
 * rules. Pods are held to a level of Kubernetes' Pod Security Standards and to the service accounts, Secrets and
 * permissions that an operator has named. A value that is not exactly a harmless one is refused.
 *
 * <p>A manifest that is not rendered yet may be asked about as well: {@link Unknown} is taken for something harmless.
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
