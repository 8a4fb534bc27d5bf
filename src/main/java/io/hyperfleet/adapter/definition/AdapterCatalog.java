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
 * What was found when the adapters' folders were read.
 *
 * @param definitions the usable ones by name, in the order of their names; a built-in one where the folder that
 * replaces it is broken
 * @param builtIn what is built in, also where a folder replaces it
 * @param problems everything that is wrong, of all folders
 * @param source what was read of the directory
 */
public record AdapterCatalog(Map<String, AdapterDefinition> definitions, BuiltIn builtIn, List<AdapterProblem> problems,
    Source source) {

  /**
   * The built-in adapters.
   *
   * @param definitions the usable ones by name
   * @param problems what is wrong with them; part of the problems of the catalog
   */
  public record BuiltIn(Map<String, AdapterDefinition> definitions, List<AdapterProblem> problems) {}

  /**
   * What was read of {@code hyperfleet.adapters.location}.
   *
   * @param listing its folders
   * @param contents what they held
   */
  public record Source(AdapterDirectory.Listing listing, List<FolderContents> contents) {

    /** Whether the directory still lists and holds the same. */
    boolean isCurrent(AdapterDirectory.Listing now) {
      return listing.folders().keySet().equals(now.folders().keySet()) && listing.problems().equals(now.problems())
          && contents.stream().allMatch(FolderContents::areCurrent);
    }

    /** A text that stands for all of it. */
    String digest() {
      return listing.folders().keySet() + " " + listing.problems() + " "
          + contents.stream().map(FolderContents::digest).toList();
    }
  }

  /** The names of all adapters, those of broken folders too. */
  public Set<String> names() {
    var names = new TreeSet<>(definitions.keySet());
    problems.stream().map(AdapterProblem::adapter).filter(name -> !name.isEmpty()).forEach(names::add);
    return names;
  }

  /** The built-in adapter of a name, if there is one and this process is to run it. */
  public Optional<AdapterDefinition> builtInOf(String name, AdapterProperties properties) {
    return Optional.ofNullable(builtIn.definitions().get(name)).filter(definition -> properties.runs(name));
  }

  /** The problems that keep a folder from being used. */
  public List<AdapterProblem> errors() {
    return errors(problems);
  }

  /** The problems that do not. */
  public List<AdapterProblem> warnings() {
    return problems.stream().filter(problem -> problem.severity() == Severity.WARNING).toList();
  }

  /**
   * This catalog, when nothing in it is wrong.
   *
   * @throws IllegalStateException with one line for each error
   */
  public AdapterCatalog orThrow() {
    throwIfAny(errors());
    return this;
  }

  /**
   * This catalog, when no built-in adapter is broken, whatever the folders of the directory are.
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
