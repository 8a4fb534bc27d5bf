package io.hyperfleet.gitops;

import java.util.List;
import java.util.Map;

/**
 * A folder of a branch, and what is mirrored into it.
 *
 * @param name its name in metrics and conditions
 * @param branch where it is
 * @param baseFolder with slashes, none at the ends; empty for the whole repository
 * @param prune which deletions reach it
 * @param rules one or more
 */
public record Destination(String name, BranchKey branch, String baseFolder, Prune prune, List<WatchRule> rules) {

  /** Whether a rule of it speaks of objects of this type, namespace and labels, and wants this change. */
  boolean wants(ResourceType type, String namespace, Map<String, String> labels, WatchRule.Change change) {
    return rules.stream().anyMatch(rule ->
        rule.operations().contains(change) && rule.covers(type, namespace) && rule.selects(labels));
  }
}
