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
 * The directory {@code hyperfleet.adapters.location}: one folder an adapter. It may be a ConfigMap that Kubernetes
 * mounts, or hold several of them: folders may be links, as long as they stay in the directory.
 */
public final class AdapterDirectory {

  /** Names of adapters: what becomes a route's id, an endpoint, a label and a metric's tag. */
  public static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");

  /** Most folders that are looked at; those that come first by name. */
  static final int MAX_FOLDERS = 1_000;

  private final String location;

  /** The directory of a path, with or without {@code file:}; there is none when it is empty. */
  public AdapterDirectory(String location) {
    this.location = location.strip();
  }

  /**
   * What is there.
   *
   * @param folders by name
   * @param problems folders that cannot be an adapter's; that of the directory itself has no adapter
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
              + " folders; those that come later by name are not used"));
          break;
        }
        look(entry, real, folders, problems);
      }
      return new Listing(folders, problems, true);
    } catch (IOException | UncheckedIOException | DirectoryIteratorException | InvalidPathException e) {
      return new Listing(Map.of(), List.of(new AdapterProblem("", location, 0, "", "hyperfleet.adapters.location is no "
          + "readable directory; one with a folder for each adapter is allowed", Severity.ERROR)), false);
    }
  }

  /** In the order of names. Those that begin with a dot are how Kubernetes swaps the content of a mounted ConfigMap. */
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
        problems.add(problem(name, entry, "is a link to nothing; a folder of " + directory + " is allowed"));
      }
    } else if (link && !isIn(entry, directory)) {
      problems.add(problem(name, entry, "is a link that leads out of the directory; a folder of " + directory
          + " is allowed"));
    } else if (!NAME.matcher(name).matches()) {
      problems.add(problem(name, entry, "is no name of an adapter; up to 40 lower-case letters, digits and hyphens are "
          + "allowed, from a letter to a letter or digit"));
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
