package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.ResourceIdentifier;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The objects of a destination in the cluster.
 *
 * @param resources the listed objects
 * @param incomplete whether an object of this identity may exist without being listed
 */
public record ClusterSnapshot(Set<ResourceIdentifier> resources, Predicate<ResourceIdentifier> incomplete) {}
