package io.hyperfleet.adapter.folder;

import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory {@code hyperfleet.adapters.location}, with one folder per adapter. It may be a mounted ConfigMap, or
 * contain several: folders may be links within the directory.
 */
public final class AdapterDirectory {

  /** Valid adapter names, which become route ids, endpoints, labels and tags of metrics. */
  public static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");

  /** Maximum number of folders; the first ones by name are used. */
  static final int MAX_FOLDERS = 1_000;

  private final String location;

  /** The directory of a path, with or without {@code file:}; none if the path is empty. */
  public AdapterDirectory(String location) {
    this.location = location.strip();
  }

  /**
   * What is there.
   *
   * @param folders by name
   * @param problems invalid folders; a problem of the directory itself has no adapter
   * @param readable whether the directory could be read
   */
  public record Listing(Map<String, AdapterFolder> folders, List<AdapterProblem> problems, boolean readable) {}

  public Listing list() {
    Map<String, AdapterFolder> folders = new TreeMap<>();
    List<AdapterProblem> problems = new ArrayList<>();
    if (location.isEmpty()) {
      return new Listing(folders, problems, true);
    }
    try {
      Path directory = Path.of(location.replaceFirst("^file:(//)?", ""));
      Path real = directory.toRealPath();
      for (Path entry : entries(directory)) {
        if (folders.size() + problems.size() == MAX_FOLDERS) {
          problems.add(problem("", directory, "has more than " + MAX_FOLDERS
              + " folders; only the first ones by name are used"));
          break;
        }
        look(entry, real, folders, problems);
      }
      return new Listing(folders, problems, true);
    } catch (IOException | UncheckedIOException | DirectoryIteratorException | InvalidPathException e) {
      return new Listing(Map.of(), List.of(new AdapterProblem("", location, 0, "", "hyperfleet.adapters.location is "
          + "not a readable directory; it must contain one folder per adapter", Severity.ERROR)), false);
    }
  }

  /** Ordered by name. Kubernetes uses names that begin with a dot to swap the content of a mounted ConfigMap. */
  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  private static void look(Path entry, Path directory, Map<String, AdapterFolder> folders,
      List<AdapterProblem> problems) {
    String name = entry.getFileName().toString();
    boolean link = Files.isSymbolicLink(entry);
    if (!Files.isDirectory(entry)) {
      if (link && !Files.exists(entry)) {
        problems.add(problem(name, entry, "is a broken link; must be a folder of " + directory));
      }
    } else if (link && !isIn(entry, directory)) {
      problems.add(problem(name, entry, "is a link that points outside the directory; must be a folder of "
          + directory));
    } else if (!NAME.matcher(name).matches()) {
      problems.add(problem(name, entry, "is not a valid adapter name; use up to 40 lower-case letters, digits and "
          + "hyphens, starting with a letter and ending with a letter or digit"));
    } else {
      folders.put(name, AdapterFolder.of(entry, directory));
    }
  }

  private static boolean isIn(Path link, Path directory) {
    try {
      return link.toRealPath().startsWith(directory);
    } catch (IOException e) {
      return false;
    }
  }

  private static AdapterProblem problem(String name, Path place, String message) {
    return new AdapterProblem(name, place.toString(), 0, "", message, Severity.ERROR);
  }
}
