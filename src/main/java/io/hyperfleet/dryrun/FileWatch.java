package io.hyperfleet.dryrun;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which of some files, or of those below some folders, have changed. It looks at size and time of each, ten times
 * a second: what an editor replaces, and what is a link as Kubernetes makes them, is seen on every system.
 */
final class FileWatch {

  private static final int INTERVAL_MILLIS = 100;

  private record State(Object key, long size, FileTime modified) {}

  private final Collection<Path> paths;
  private Map<Path, State> seen;

  /** What changes from now on is told; a path that is not there may come. */
  FileWatch(Collection<Path> paths) {
    this.paths = List.copyOf(paths);
    this.seen = look();
  }

  /**
   * Waits until something has changed and then stays as it is for a moment, since editors write in steps.
   *
   * @return what has changed, come or gone
   */
  Collection<Path> change() throws InterruptedException {
    var before = seen;
    var now = before;
    do {
      seen = now;
      Thread.sleep(INTERVAL_MILLIS);
      now = look();
    } while (now.equals(before) || !now.equals(seen));
    var old = before;
    var current = now;
    return Stream.of(old, current).flatMap(state -> state.keySet().stream())
        .filter(path -> !Objects.equals(old.get(path), current.get(path)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<Path, State> look() {
    Map<Path, State> found = new HashMap<>();
    for (Path path : paths) {
      try (Stream<Path> files = Files.walk(path)) {
        files.filter(Files::isRegularFile).forEach(file -> found.put(file, state(file)));
      } catch (IOException | UncheckedIOException gone) {
        // It is not there, or goes while it is looked at: the next look sees what has become of it.
        found.put(path, new State(null, 0, null));
      }
    }
    return found;
  }

  private static State state(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
