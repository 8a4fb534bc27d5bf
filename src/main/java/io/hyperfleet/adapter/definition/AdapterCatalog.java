package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.folder.AdapterDirectory;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import io.hyperfleet.adapter.folder.FolderContents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The result of reading the adapters' folders.
 *
 * @param definitions the valid ones, ordered by name; the built-in one if the folder that replaces it is broken
 * @param builtIn the built-in adapters, including those that a folder replaces
 * @param problems the problems of all folders
 * @param source the content that was read from the directory
 */
public record AdapterCatalog(Map<String, AdapterDefinition> definitions, BuiltIn builtIn, List<AdapterProblem> problems,
    Source source) {

  /**
   * The built-in adapters.
   *
   * @param definitions the valid ones by name
   * @param problems their problems, which are also among those of the catalog
   */
  public record BuiltIn(Map<String, AdapterDefinition> definitions, List<AdapterProblem> problems) {}

  /**
   * The content read from {@code hyperfleet.adapters.location}.
   *
   * @param listing its folders
   * @param contents their contents
   */
  public record Source(AdapterDirectory.Listing listing, List<FolderContents> contents) {

    /** Whether the directory still has the same content. */
    boolean isCurrent(AdapterDirectory.Listing now) {
      return listing.folders().keySet().equals(now.folders().keySet()) && listing.problems().equals(now.problems())
          && contents.stream().allMatch(FolderContents::areCurrent);
    }

    /** A digest of all of it. */
    String digest() {
      return listing.folders().keySet() + " " + listing.problems() + " "
          + contents.stream().map(FolderContents::digest).toList();
    }
  }

  /** The names of all adapters, including those of broken folders. */
  public Set<String> names() {
    var names = new TreeSet<>(definitions.keySet());
    problems.stream().map(AdapterProblem::adapter).filter(name -> !name.isEmpty()).forEach(names::add);
    return names;
  }

  /** The built-in adapter with a name, if it exists and this process is to run it. */
  public Optional<AdapterDefinition> builtInOf(String name, AdapterProperties properties) {
    return Optional.ofNullable(builtIn.definitions().get(name)).filter(definition -> properties.runs(name));
  }

  /** The problems that prevent a folder from being loaded. */
  public List<AdapterProblem> errors() {
    return errors(problems);
  }

  /** The problems that do not prevent it. */
  public List<AdapterProblem> warnings() {
    return problems.stream().filter(problem -> problem.severity() == Severity.WARNING).toList();
  }

  /**
   * This catalog, if it has no problems.
   *
   * @throws IllegalStateException with one line for each error
   */
  public AdapterCatalog orThrow() {
    throwIfAny(errors());
    return this;
  }

  /**
   * This catalog, if no built-in adapter is broken.
   *
   * @throws IllegalStateException with one line for each error
   */
  public AdapterCatalog orThrowForBuiltIn() {
    throwIfAny(errors(builtIn.problems()));
    return this;
  }

  private static List<AdapterProblem> errors(List<AdapterProblem> problems) {
    return problems.stream().filter(problem -> problem.severity() == Severity.ERROR).toList();
  }

  private static void throwIfAny(List<AdapterProblem> errors) {
    if (!errors.isEmpty()) {
      throw new IllegalStateException("Adapters cannot be loaded:\n"
          + errors.stream().map(AdapterProblem::toString).collect(Collectors.joining("\n")));
    }
  }
}
