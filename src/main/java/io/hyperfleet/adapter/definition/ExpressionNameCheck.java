package io.hyperfleet.adapter.definition;

import io.hyperfleet.cel.Selection;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the names in an adapter's expressions are those of what there is: what is known when the adapter is loaded is
 * told then, for later a mistake looks like something that is not there yet.
 *
 * @param resources names of the manifests and of the discovered objects
 * @param jobs those of them that are Jobs which the adapter makes
 * @param parameters names of the parameters
 */
record ExpressionNameCheck(Collection<String> resources, Set<String> jobs, Collection<String> parameters) {

  /** What a Job that the adapter makes has returned, as expressions see it beside what Kubernetes has of the Job. */
  static final String RESULT = "result";

  private static final List<String> OF_A_JOB = List.of("apiVersion", "kind", "metadata", "spec", "status", RESULT);

  /** What is wrong with a chain of selections, and what is allowed. */
  Optional<String> mistake(Selection selection) {
    return switch (selection.variable()) {
      case "resources" -> unknown("resource", selection.key(0), resources)
          .or(() -> selection.key(0) != null && jobs.contains(selection.key(0))
              ? unknown("field of a Job", selection.key(1), OF_A_JOB)
              : noResult(selection));
      case "adapter" -> unknown("field of adapter", selection.key(0), AdapterVariables.OF_ITSELF)
          // An optional one has a default in the expression.
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
        ? Optional.of("refers to the result of '" + selection.key(0) + "'; only Jobs that the adapter makes have one"
            + (jobs.isEmpty() ? "" : ", here " + String.join(", ", new TreeSet<>(jobs))))
        : Optional.empty();
  }

  private static Optional<String> unknown(String what, String name, Collection<String> known) {
    return name == null || known.contains(name)
        ? Optional.empty()
        : Optional.of("refers to unknown " + what + " '" + name + "'; " + (known.isEmpty()
            ? "there is none"
            : "known are " + String.join(", ", new TreeSet<>(known))));
  }
}
