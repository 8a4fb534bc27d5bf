package io.hyperfleet.gitops;

import java.util.List;

/**
 * A folder of a branch, and the objects to mirror into it.
 *
 * @param name its name in metrics and conditions
 * @param branch where it is
 * @param baseFolder with slashes, none at the ends; empty for the whole repository
 * @param prune which deletions reach it
 * @param rules one or more
 */
public record Destination(String name, BranchKey branch, String baseFolder, Prune prune, List<WatchRule> rules) {}
