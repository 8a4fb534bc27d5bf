package io.hyperfleet.git;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;

/**
 * Finds files with a filter in {@code .gitattributes} (Git LFS, git-crypt). Filters need a working tree and do not run
 * here, so such a file would be committed unfiltered.
 */
final class GitFilters {

  private GitFilters() {}

  /** The names of the filters, by the paths of the files that have one. */
  static Map<String, String> of(Repository repository, ObjectReader reader, ObjectId tree, Collection<String> paths)
      throws IOException {
    var filters = new HashMap<String, String>();
    if (paths.isEmpty()) {
      return filters;
    }
    try (var walk = new TreeWalk(repository, reader)) {
      walk.setAttributesNodeProvider(repository.createAttributesNodeProvider());
      walk.setOperationType(OperationType.CHECKOUT_OP);
      walk.addTree(tree);
      walk.setRecursive(true);
      walk.setFilter(PathFilterGroup.createFromStrings(paths));
      while (walk.next()) {
        var filter = walk.getAttributes().get(Constants.ATTR_FILTER);
        if (filter != null && filter.getState() == Attribute.State.CUSTOM) {
          filters.put(walk.getPathString(), filter.getValue());
        }
      }
    }
    return filters;
  }
}
