package io.hyperfleet.git;

import org.eclipse.jgit.lib.ObjectId;

/**
 * A regular file of a branch.
 *
 * @param path its path in the repository
 * @param blob id of its content
 */
public record BranchFile(String path, ObjectId blob) {}
