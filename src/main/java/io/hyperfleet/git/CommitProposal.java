package io.hyperfleet.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A commit on top of another one.
 *
 * @param id of the commit; that of the one below when nothing changes
 * @param result its changes, and those left out
 */
record CommitProposal(ObjectId id, CommitResult result) {

  /** More objects than these are written as one pack. */
  private static final int PACK = 50;

  private record Rewritten(ObjectId tree, CommitResult result) {}

  /**
   * Makes it in memory and writes it to the clone.
   *
   * @param tip its parent; {@code null} for the first commit
   * @param message of the commit, given the changes that it makes
   */
  static CommitProposal on(FileRepository repository, ObjectId tip, List<FileChange> changes, FileGuard guard,
      Function<List<FileChange>, String> message, PersonIdent author, PersonIdent committer) throws IOException {
    try (var inserter = changes.size() > PACK
        ? repository.getObjectDatabase().newPackInserter()
        : repository.newObjectInserter()) {
      var rewritten = rewrite(repository, tip, changes, guard, inserter);
      if (rewritten.result().changed().isEmpty()) {
        return new CommitProposal(tip, rewritten.result());
      }
      var commit = new CommitBuilder();
      commit.setTreeId(rewritten.tree());
      if (tip != null) {
        commit.setParentId(tip);
      }
      commit.setAuthor(author);
      commit.setCommitter(committer);
      commit.setMessage(message.apply(rewritten.result().changed()));
      var id = inserter.insert(commit);
      inserter.flush();
      return new CommitProposal(id, rewritten.result());
    }
  }

  /** Which filters a file has is known once it is in the tree: those that have one are taken out again. */
  private static Rewritten rewrite(FileRepository repository, ObjectId tip, List<FileChange> changes, FileGuard guard,
      ObjectInserter inserter) throws IOException {
    try (var reader = inserter.newReader(); var walk = new RevWalk(reader)) {
      var before = tip == null ? null : walk.parseCommit(tip).getTree();
      var all = new TreeRewrite(reader, inserter, guard);
      var tree = all.apply(before, changes);
      var filters = GitFilters.of(repository, reader, tree, all.result().changed().stream()
          .filter(change -> !change.isDeletion()).map(FileChange::path).toList());
      if (filters.isEmpty()) {
        return new Rewritten(tree, all.result());
      }
      var plain = new TreeRewrite(reader, inserter, guard);
      tree = plain.apply(before, changes.stream().filter(change -> !filters.containsKey(change.path())).toList());
      var refused = new ArrayList<>(plain.result().refused());
      filters.forEach((path, filter) -> refused.add(
          new Refusal(path, "has filter=" + filter
              + " in .gitattributes, which is not applied here; exclude the path from the filter")));
      return new Rewritten(tree, new CommitResult(plain.result().changed(), List.copyOf(refused)));
    }
  }
}
