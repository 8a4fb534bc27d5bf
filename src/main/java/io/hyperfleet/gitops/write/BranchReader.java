package io.hyperfleet.gitops.write;

import io.hyperfleet.git.BranchFile;
import io.hyperfleet.git.BranchStore;
import io.hyperfleet.git.GitException;
import java.util.List;

/**
 * Reads files of a branch.
 *
 * @param <T> type of the result
 */
public interface BranchReader<T> {

  /**
   * Reads them.
   *
   * @param files those of a folder
   * @param store where their contents are
   */
  T read(List<BranchFile> files, BranchStore store) throws GitException;
}
