package io.hyperfleet.gitops.watch;

import io.hyperfleet.gitops.ResourceIdentifier;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the cluster holds of a destination.
 *
 * @param resources what is listed
 * @param incomplete whether something of this identity may be there without being listed: its absence says nothing
 */
public record ClusterSnapshot(Set<ResourceIdentifier> resources, Predicate<ResourceIdentifier> incomplete) {}
