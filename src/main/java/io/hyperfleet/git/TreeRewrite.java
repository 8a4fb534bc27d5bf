package io.hyperfleet.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Creates a tree from another one by rewriting only the folders of changed files. */
final class TreeRewrite {

  private static final Comparator<Entry> GIT_ORDER = (a, b) -> Arrays.compareUnsigned(a.sortKey(), b.sortKey());

  private final ObjectReader reader;
  private final ObjectInserter inserter;
  private final FileGuard guard;
  private final List<FileChange> changed = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();

  TreeRewrite(ObjectReader reader, ObjectInserter inserter, FileGuard guard) {
    this.reader = reader;
    this.inserter = inserter;
    this.guard = guard;
  }

  private record Entry(String name, FileMode mode, ObjectId id) {

    byte[] sortKey() {
      return (mode == FileMode.TREE ? name + "/" : name).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** A folder in which something changes. */
  private static final class Folder {
    private final Map<String, Folder> folders = new TreeMap<>();
    private final Map<String, FileChange> files = new TreeMap<>();

    void add(FileChange change) {
      var folder = this;
      var segments = change.path().split("/");
      for (int i = 0; i < segments.length - 1; i++) {
        folder = folder.folders.computeIfAbsent(segments[i], name -> new Folder());
      }
      folder.files.put(segments[segments.length - 1], change);
    }

    void refuse(List<Refusal> refused, String why) {
      files.values().forEach(change -> refused.add(new Refusal(change.path(), why)));
      folders.values().forEach(folder -> folder.refuse(refused, why));
    }
  }

  /**
   * The id of the tree that holds the changes; of an empty tree when nothing is left. A later change of a path wins.
   */
  ObjectId apply(ObjectId tree, List<FileChange> changes) throws IOException {
    var root = new Folder();
    changes.forEach(root::add);
    var rewritten = rewrite(tree, root);
    return rewritten == null ? new TreeFormatter().insertTo(inserter) : rewritten;
  }

  CommitResult result() {
    return new CommitResult(List.copyOf(changed), List.copyOf(refused));
  }

  private ObjectId rewrite(ObjectId tree, Folder folder) throws IOException {
    var entries = entries(tree);
    for (var inner : folder.folders.entrySet()) {
      var before = entries.get(inner.getKey());
      if (before != null && before.mode() != FileMode.TREE) {
        inner.getValue().refuse(refused,
            "cannot be written: " + inner.getKey() + " " + kind(before.mode()) + " where a folder has to be");
        continue;
      }
      var after = rewrite(before == null ? null : before.id(), inner.getValue());
      put(entries, inner.getKey(), FileMode.TREE, after);
    }
    for (var file : folder.files.entrySet()) {
      change(entries, file.getKey(), file.getValue());
    }
    if (entries.isEmpty()) {
      return null;
    }
    var formatter = new TreeFormatter();
    entries.values().stream().sorted(GIT_ORDER)
        .forEach(entry -> formatter.append(entry.name(), entry.mode(), entry.id()));
    return formatter.insertTo(inserter);
  }

  private void change(Map<String, Entry> entries, String name, FileChange change) throws IOException {
    var before = entries.get(name);
    if (before != null && before.mode() != FileMode.REGULAR_FILE && before.mode() != FileMode.EXECUTABLE_FILE) {
      refused.add(new Refusal(change.path(), kind(before.mode())));
    } else if (differs(before, change) && isAllowed(before, change)) {
      changed.add(change);
      put(entries, name, before == null ? FileMode.REGULAR_FILE : before.mode(),
          change.isDeletion() ? null : inserter.insert(Constants.OBJ_BLOB, change.content()));
    }
  }

  private boolean differs(Entry before, FileChange change) {
    return change.isDeletion()
        ? before != null
        : before == null || !before.id().equals(inserter.idFor(Constants.OBJ_BLOB, change.content()));
  }

  private boolean isAllowed(Entry before, FileChange change) throws IOException {
    if (before == null) {
      return true;
    }
    var there = reader.open(before.id(), Constants.OBJ_BLOB);
    var objection = guard.objection(change, there.getSize() > FileGuard.LARGEST ? null : there.getBytes());
    objection.ifPresent(why -> refused.add(new Refusal(change.path(), why)));
    return objection.isEmpty();
  }

  private static String kind(FileMode mode) {
    return mode == FileMode.SYMLINK
        ? "is a symbolic link"
        : mode == FileMode.GITLINK
            ? "is a submodule"
            : mode == FileMode.TREE ? "is a folder" : "is a file";
  }

  private static void put(Map<String, Entry> entries, String name, FileMode mode, ObjectId id) {
    if (id == null) {
      entries.remove(name);
    } else {
      entries.put(name, new Entry(name, mode, id));
    }
  }

  private Map<String, Entry> entries(ObjectId tree) throws IOException {
    var entries = new HashMap<String, Entry>();
    if (tree != null) {
      for (var parser = new CanonicalTreeParser(null, reader, tree); !parser.eof(); parser.next(1)) {
        var name = parser.getEntryPathString();
        entries.put(name, new Entry(name, parser.getEntryFileMode(), parser.getEntryObjectId()));
      }
    }
    return entries;
  }
}
