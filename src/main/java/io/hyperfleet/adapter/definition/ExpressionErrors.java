package io.hyperfleet.adapter.definition;

import io.hyperfleet.cel.CelEvaluationException;
import java.util.List;
import java.util.Set;

/**
 * Tells what an expression waits for from what is wrong with it. What Kubernetes and other adapters have not said yet
 * ({@code
 * resources}, {@code adapters}) comes by itself; everything else that cannot be evaluated stays so until somebody
 * changes it.
 */
public final class ExpressionErrors {

  private static final Set<String> COME_BY_THEMSELVES = Set.of("resources", "adapters");

  private ExpressionErrors() {}

  /** Whether the expression only looks for what is not there yet. */
  public static boolean isAwaited(CelEvaluationException e) {
    return e.missingFrom().filter(COME_BY_THEMSELVES::contains).isPresent();
  }

  /** Which expression failed, and why: {@code precondition 'a': CEL 'x > 1': key 'x' is not present}. */
  public static String describe(String what, CelEvaluationException e) {
    return what + ": CEL '" + e.expression() + "': " + e.getMessage();
  }

  /** What the report says of all that failed. */
  public static String message(List<String> failed) {
    return "Expression failed: " + String.join("; ", failed)
        + ". Correct the expression in the adapter's folder, or the data that it reads.";
  }
}
