package io.hyperfleet.git;

import java.util.List;

/**
 * What became of the changes that were to be committed. What is in neither list was so already.
 *
 * @param changed what the commit changes; empty when there was no commit
 * @param refused paths that lead through a symbolic link, a submodule or a file where a folder has to be, or end at one
 */
public record CommitResult(List<FileChange> changed, List<String> refused) {}
