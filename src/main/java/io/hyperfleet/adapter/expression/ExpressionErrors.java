package io.hyperfleet.adapter.expression;

import io.hyperfleet.cel.CelEvaluationException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells what an expression waits for from what is wrong with it. What Kubernetes and other adapters have not said yet
 * ({@code
 * resources}, {@code adapters}) comes by itself; everything else that cannot be evaluated stays so until somebody
 * changes it.
 */
public final class ExpressionErrors {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> COME_BY_THEMSELVES = Set.of("resources", "adapters");

  private ExpressionErrors() {}

  /** Whether the expression only looks for what is not there yet. */
  public static boolean isAwaited(CelEvaluationException e) {
    return e.missingFrom().filter(COME_BY_THEMSELVES::contains).isPresent();
  }

  /**
   * Which expression failed, and why: {@code a/adapter.yaml:9: spec.data.b: CEL 'x.c': key 'c' is not present in x}.
   *
   * @param what names it where it is not known where it stands
   */
  public static String describe(String what, CelEvaluationException e) {
    return e.place().orElse(what) + ": CEL '" + e.expression() + "': " + reason(e);
  }

  /** Why an expression failed, and how it is written where the key may be absent. */
  public static String reason(CelEvaluationException e) {
    return e.getMessage() + e.missing().filter(missing -> NAME.matcher(missing.key()).matches())
        .map(missing -> "; where it may be absent, write has(%1$s.%2$s) or %1$s.?%2$s.orValue(...)".formatted(
            missing.from(), missing.key()))
        .orElse("");
  }

  /** What the report says of all that failed. */
  public static String message(List<String> failed) {
    return "Expression failed: " + String.join("; ", failed)
        + ". Correct the expression in the adapter's folder, or the data that it reads.";
  }
}
