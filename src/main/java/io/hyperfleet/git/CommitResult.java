package io.hyperfleet.git;

import java.util.List;

/**
 * The result of committing changes. Changes in neither list had no effect.
 *
 * @param changed the changes of the commit; empty if there was none
 * @param refused changes that were left out, each with the conflict
 */
public record CommitResult(List<FileChange> changed, List<Refusal> refused) {}
