package io.hyperfleet.git;

import java.util.List;

/**
 * What became of the changes that were to be committed. What is in neither list was so already.
 *
 * @param changed what the commit changes; empty when there was no commit
 * @param refused changes that were left out, each with what is in the way
 */
public record CommitResult(List<FileChange> changed, List<Refusal> refused) {}
