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
 * Detects changes of files and folders by size and time, ten times a second, which also works for files that an editor
 * replaces and for links of mounted volumes, on every system.
 */
final class FileWatch {

  private static final int INTERVAL_MILLIS = 100;

  private record State(Object key, long size, FileTime modified) {}

  private final Collection<Path> paths;
  private Map<Path, State> seen;

  /** Reports changes from now on; a missing path may appear later. */
  FileWatch(Collection<Path> paths) {
    this.paths = List.copyOf(paths);
    this.seen = look();
  }

  /**
   * Waits for a change followed by a short quiet period, since editors write in steps.
   *
   * @return changed, added and removed paths
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
        // It does not exist, or disappears while it is read: the next check decides.
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
