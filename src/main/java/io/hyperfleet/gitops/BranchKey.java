package io.hyperfleet.gitops;

import java.util.Locale;

/**
 * The branch of a worker. Repositories with the same URL are the same.
 *
 * @param repository name of the repository
 * @param branch its branch
 */
public record BranchKey(String repository, String branch) {

  /** As ids of routes and names of folders can hold it; two keys may have the same one. */
  public String slug() {
    return (repository + "-" + branch).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }

  @Override
  public String toString() {
    return repository + "/" + branch;
  }
}
