package io.hyperfleet.gitops;

import java.util.Locale;

/**
 * Identity of an object in a cluster.
 *
 * @param group API group; empty for the core group
 * @param version API version
 * @param resource plural of the kind, in lower case
 * @param namespace empty for cluster-scoped objects
 * @param name the object's name
 */
public record ResourceIdentifier(String group, String version, String resource, String namespace, String name) {

  public ResourceIdentifier {
    resource = resource.toLowerCase(Locale.ROOT);
  }

  /** As the subject of a commit names it: without the namespace. Not unique. */
  public String display() {
    return typePrefix() + name;
  }

  /** All five fields, unique in a cluster. */
  public String key() {
    return typePrefix() + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }

  private String typePrefix() {
    return (group.isEmpty() ? "" : group + "/") + version + "/" + resource + "/";
  }

  /** The type without the object. */
  public ResourceType type() {
    return new ResourceType(group, version, resource);
  }
}
