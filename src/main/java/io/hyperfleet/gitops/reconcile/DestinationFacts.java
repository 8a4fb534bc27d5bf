package io.hyperfleet.gitops.reconcile;

import io.hyperfleet.git.GitException;
import io.hyperfleet.git.Refusal;
import io.hyperfleet.gitops.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * The facts from which the conditions of a destination are derived.
 *
 * @param reached whether the remote has ever answered
 * @param failure the failure of the last attempt at Git; {@code null} if it succeeded
 * @param refused files that cannot be written because of conflicting files
 * @param incomplete types of which unknown objects may exist
 * @param compared whether cluster and Git have been compared
 * @param held deletions that wait for confirmation
 * @param pending events of the branch that are not yet pushed
 * @param unmanaged YAML files in the base folder that the destination does not manage
 */
record DestinationFacts(boolean reached, GitException failure, List<Refusal> refused, List<ResourceType> incomplete,
    boolean compared, Optional<MassDeletionGuard.Held> held, int pending, List<Refusal> unmanaged) {}
