package io.hyperfleet.gitops;

/**
 * A type of objects, by the words of the API's paths.
 *
 * @param group API group; empty for the core group
 * @param version API version
 * @param resource plural of the kind, in lower case; {@code *} for all
 */
public record ResourceType(String group, String version, String resource) {

  /** Whether it stands for all types of its group and version. */
  public boolean isWildcard() {
    return resource.equals("*");
  }

  /** The type that stands for all of the same group and version. */
  public ResourceType wildcard() {
    return new ResourceType(group, version, "*");
  }

  /** {@code batch/v1} or {@code v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code batch/jobs} or {@code configmaps}. */
  public String withoutVersion() {
    return (group.isEmpty() ? "" : group + "/") + resource;
  }

  @Override
  public String toString() {
    return apiVersion() + "/" + resource;
  }
}
