package io.hyperfleet.policy;

import java.util.List;
import java.util.Map;

/**
 * All rules for manifests: the same when an adapter is loaded, in a dry run and at run time.
 */
public class ManifestRules {

  private final ManifestPolicy policy;

  public ManifestRules(ManifestPolicy policy) {
    this.policy = policy;
  }

  /**
   * What keeps a manifest from being sent; empty when nothing does.
   *
   * @param adapter name of the adapter that makes it
   * @param namespace namespace of an object that names none
   * @param object the manifest; where it is not filled in yet, {@link Unknown} stands for what expressions will yield
   */
  public List<Violation> violations(String adapter, String namespace, Map<?, ?> object) {
    return policy.violations(adapter, namespace, object);
  }

  /** What keeps objects of a kind from being read; empty when nothing does. */
  public List<Violation> violations(String adapter, String namespace, String apiVersion, String kind) {
    return policy.violations(adapter, namespace, apiVersion, kind);
  }

  /** Whether objects of a kind belong to no namespace, as far as that is known of kinds of Kubernetes. */
  public static boolean isClusterWide(String apiVersion, String kind) {
    return KindPolicy.isClusterWide(apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "",
        kind);
  }
}
