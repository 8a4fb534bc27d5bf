package io.hyperfleet.gitops.reconcile;

import io.hyperfleet.git.GitException;
import io.hyperfleet.git.Refusal;
import io.hyperfleet.gitops.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * What the conditions of a destination follow from.
 *
 * @param reached whether the remote has ever answered
 * @param failure what the last attempt at Git failed for; {@code null} when it did not
 * @param refused files that cannot be written, for what is in the way
 * @param incomplete types of which there may be objects that are not known
 * @param compared whether cluster and Git have been compared
 * @param held deletions that wait for a confirmation
 * @param pending events of the branch that are not at the remote
 * @param unmanaged YAML files in the base folder that are not what the destination writes
 */
record DestinationFacts(boolean reached, GitException failure, List<Refusal> refused, List<ResourceType> incomplete,
    boolean compared, Optional<MassDeleteBrake.Held> held, int pending, List<Refusal> unmanaged) {}
