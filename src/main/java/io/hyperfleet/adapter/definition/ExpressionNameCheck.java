package io.hyperfleet.adapter.definition;

import io.hyperfleet.cel.Selection;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the names in an adapter's expressions when the adapter is loaded, since later a wrong name looks like a
 * missing value.
 *
 * @param resources names of the manifests and of the discovered objects
 * @param jobs those of them that are Jobs of the adapter
 * @param parameters names of the parameters
 */
record ExpressionNameCheck(Collection<String> resources, Set<String> jobs, Collection<String> parameters) {

  /** The result of a Job of the adapter, as an additional field of the Job in expressions. */
  static final String RESULT = "result";

  private static final List<String> OF_A_JOB = List.of("apiVersion", "kind", "metadata", "spec", "status", RESULT);

  /** The problem of a chain of selections, if any. */
  Optional<String> mistake(Selection selection) {
    return switch (selection.variable()) {
      case "resources" -> unknown("resource", selection.key(0), resources)
          .or(() -> selection.key(0) != null && jobs.contains(selection.key(0))
              ? unknown("field of a Job", selection.key(1), OF_A_JOB)
              : noResult(selection));
      case "adapter" -> unknown("field of adapter", selection.key(0), AdapterVariables.OF_ITSELF)
          // An optional selection has a default in the expression.
          .or(() -> "parameters".equals(selection.key(0)) && selection.isRequired(1)
              ? unknown("parameter", selection.key(1), parameters)
              : Optional.empty());
      case "adapters" -> unknown("field of an adapter", selection.key(1), AdapterVariables.OF_AN_ADAPTER)
          .or(() -> "conditions".equals(selection.key(1))
              ? unknown("field of a condition", selection.key(3), AdapterVariables.OF_A_CONDITION)
              : Optional.empty());
      default -> Optional.empty();
    };
  }

  private Optional<String> noResult(Selection selection) {
    return RESULT.equals(selection.key(1))
        ? Optional.of("refers to the result of '" + selection.key(0) + "'; only the adapter's own Jobs have a result"
            + (jobs.isEmpty() ? "" : ": " + String.join(", ", new TreeSet<>(jobs))))
        : Optional.empty();
  }

  private static Optional<String> unknown(String what, String name, Collection<String> known) {
    return name == null || known.contains(name)
        ? Optional.empty()
        : Optional.of("refers to unknown " + what + " '" + name + "'; " + (known.isEmpty()
            ? "none is defined"
            : "known: " + String.join(", ", new TreeSet<>(known))));
  }
}
