package io.hyperfleet.adapter.expression;

import io.hyperfleet.cel.CelEvaluationException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Distinguishes expressions that wait for a value from those that are wrong. Values from Kubernetes and other adapters
 * ({@code resources}, {@code adapters}) may appear later; any other failure persists until someone fixes it.
 */
public final class ExpressionErrors {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> COME_BY_THEMSELVES = Set.of("resources", "adapters");

  private ExpressionErrors() {}

  /** Whether the expression only waits for a value that does not exist yet. */
  public static boolean isAwaited(CelEvaluationException e) {
    return e.missingFrom().filter(COME_BY_THEMSELVES::contains).isPresent();
  }

  /**
   * The failed expression and the reason: {@code a/adapter.yaml:9: spec.data.b: CEL 'x.c': key 'c' is not present in
   * x}.
   *
   * @param what names it if its position is unknown
   */
  public static String describe(String what, CelEvaluationException e) {
    return e.place().orElse(what) + ": CEL '" + e.expression() + "': " + reason(e);
  }

  /** The reason for a failure, with the form to use if a key may be absent. */
  public static String reason(CelEvaluationException e) {
    return e.getMessage() + e.missing().filter(missing -> NAME.matcher(missing.key()).matches())
        .map(missing -> "; where it may be absent, write has(%1$s.%2$s) or %1$s.?%2$s.orValue(...)".formatted(
            missing.from(), missing.key()))
        .orElse("");
  }

  /** The message of a report for all failures. */
  public static String message(List<String> failed) {
    return "Expression failed: " + String.join("; ", failed)
        + ". Correct the expression in the adapter's folder, or the data that it reads.";
  }
}
