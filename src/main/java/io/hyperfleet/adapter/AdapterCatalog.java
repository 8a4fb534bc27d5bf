package io.hyperfleet.adapter;

import io.hyperfleet.adapter.AdapterProblem.Severity;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was found when the adapters' folders were read.
 *
 * @param definitions the usable ones by name, in the order of their names
 * @param problems everything that is wrong, of all folders; a folder with an error has no definition
 */
public record AdapterCatalog(Map<String, AdapterDefinition> definitions, List<AdapterProblem> problems) {

  /** The problems that keep a definition from being used. */
  public List<AdapterProblem> errors() {
    return problems.stream().filter(problem -> problem.severity() == Severity.ERROR).toList();
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
    if (!errors().isEmpty()) {
      throw new IllegalStateException("Adapters cannot be loaded:\n"
          + errors().stream().map(AdapterProblem::toString).collect(Collectors.joining("\n")));
    }
    return this;
  }
}
