package io.hyperfleet.gitops;

/**
 * A type of objects, by the words of the API's paths.
 *
 * @param group API group; empty for the core group
 * @param version API version
 * @param resource plural of the kind, in lower case
 */
public record ResourceType(String group, String version, String resource) {

  /** {@code batch/v1} or {@code v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  @Override
  public String toString() {
    return apiVersion() + "/" + resource;
  }
}
