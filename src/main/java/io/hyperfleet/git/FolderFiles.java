package io.hyperfleet.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The regular files of a folder in a commit. */
final class FolderFiles {

  private FolderFiles() {}

  /** All below a folder, or of the whole commit when it is empty; links and submodules are not followed. */
  static List<BranchFile> list(Repository repository, ObjectId commit, String folder) throws IOException {
    var files = new ArrayList<BranchFile>();
    try (var walk = new RevWalk(repository); var tree = below(repository, walk.parseCommit(commit).getTree(), folder)) {
      while (tree != null && tree.next()) {
        if (tree.getFileMode(0) == FileMode.REGULAR_FILE || tree.getFileMode(0) == FileMode.EXECUTABLE_FILE) {
          files.add(new BranchFile(tree.getPathString(), tree.getObjectId(0)));
        }
      }
    }
    return files;
  }

  private static TreeWalk below(Repository repository, RevTree root, String folder)
      throws IOException {
    TreeWalk tree;
    if (folder.isEmpty()) {
      tree = new TreeWalk(repository);
      tree.addTree(root);
    } else {
      tree = TreeWalk.forPath(repository, folder, root);
      if (tree == null || tree.getFileMode(0) != FileMode.TREE) {
        return null;
      }
      tree.enterSubtree();
    }
    tree.setRecursive(true);
    return tree;
  }
}
