package io.hyperfleet.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelOptions;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.ConcatenatedListView;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.BoolFunction.BoolOverload;
import dev.cel.runtime.standard.CelStandardOverload;
import dev.cel.runtime.standard.ContainsFunction.ContainsOverload;
import dev.cel.runtime.standard.DoubleFunction.DoubleOverload;
import dev.cel.runtime.standard.DurationFunction.DurationOverload;
import dev.cel.runtime.standard.EqualsOperator.EqualsOverload;
import dev.cel.runtime.standard.InOperator.InOverload;
import dev.cel.runtime.standard.IntFunction.IntOverload;
import dev.cel.runtime.standard.MatchesFunction.MatchesOverload;
import dev.cel.runtime.standard.NotEqualsOperator.NotEqualsOverload;
import dev.cel.runtime.standard.StringFunction.StringOverload;
import dev.cel.runtime.standard.TimestampFunction.TimestampOverload;
import dev.cel.runtime.standard.UintFunction.UintOverload;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** CEL's own operators and functions, where those that can grow or run long check the budget. */
final class StandardFunctions {

  private final CelOptions options;
  private final RuntimeEquality equality;
  private final Set<CelStandardOverload> replaced = new HashSet<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  StandardFunctions(CelOptions options) {
    this.options = options;
    this.equality = RuntimeEquality.create(RuntimeHelpers.create(), options);
    guard(AddOverload.ADD_STRING, (budget, args) -> budget.text(length(args[0]) + length(args[1])));
    guard(AddOverload.ADD_BYTES, (budget, args) -> budget.text((long) bytes(args[0]) + bytes(args[1])));
    guard(AddOverload.ADD_LIST, StandardFunctions::concatenate);
    for (CelStandardOverload parser : List.of(IntOverload.STRING_TO_INT64, UintOverload.STRING_TO_UINT64,
        DoubleOverload.STRING_TO_DOUBLE, BoolOverload.STRING_TO_BOOL, DurationOverload.STRING_TO_DURATION,
        TimestampOverload.STRING_TO_TIMESTAMP)) {
      // Errors quote the text.
      guard(parser, (budget, args) -> budget.build(4 * length(args[0])));
    }
    guard(EqualsOverload.EQUALS, StandardFunctions::weighBoth);
    guard(NotEqualsOverload.NOT_EQUALS, StandardFunctions::weighBoth);
    guard(InOverload.IN_LIST, StandardFunctions::weighBoth);
    guard(ContainsOverload.CONTAINS_STRING,
        (budget, args) -> budget.search((String) args[0], (String) args[1]));
    replaced.add(MatchesOverload.MATCHES);
    replaced.add(MatchesOverload.MATCHES_STRING);
    var regularExpressions = new RegularExpressions();
    bindings.add(CelFunctionBinding.from("matches", String.class, String.class, regularExpressions::find));
    bindings.add(CelFunctionBinding.from("matches_string", String.class, String.class, regularExpressions::find));
    replaced.add(StringOverload.DOUBLE_TO_STRING);
    bindings.add(CelFunctionBinding.from("double_to_string", Double.class, StandardFunctions::text));
  }

  /** The standard functions that stay as they are. */
  CelStandardFunctions unchanged() {
    return CelStandardFunctions.newBuilder().filterFunctions((function, overload) -> !replaced.contains(overload))
        .build();
  }

  /** The bindings that replace the others. */
  List<CelFunctionBinding> replacements() {
    return List.copyOf(bindings);
  }

  private void guard(CelStandardOverload overload, BiConsumer<EvaluationBudget, Object[]> check) {
    CelFunctionBinding original = overload.newFunctionBinding(options, equality);
    replaced.add(overload);
    bindings.add(CelFunctionBinding.from(original.getOverloadId(), ImmutableList.copyOf(original.getArgTypes()),
        args -> {
          check.accept(EvaluationBudget.current(), args);
          return original.getDefinition().apply(args);
        }));
  }

  private static void weighBoth(EvaluationBudget budget, Object[] args) {
    if (args[0] instanceof String && args[1] instanceof String) {
      return;
    }
    budget.weigh(args[0]);
    budget.weigh(args[1]);
  }

  /** Macros add to a list of theirs as they go; other lists are copied. */
  private static void concatenate(EvaluationBudget budget, Object[] args) {
    long more = size(args[1]);
    budget.elements(size(args[0]) + more);
    budget.build(EvaluationBudget.list(args[0] instanceof ConcatenatedListView ? 1 : size(args[0]) + more));
  }

  private static int bytes(Object bytes) {
    return ((CelByteString) bytes).size();
  }

  private static long length(Object text) {
    return ((String) text).length();
  }

  private static int size(Object list) {
    return ((List<?>) list).size();
  }

  /** A whole number prints without a fraction: {@code string(3.0)} is {@code 3}. */
  static String text(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString((long) number);
    }
    return Double.isFinite(number) && Math.abs(number) < 1e15 && Math.abs(number) > 1e-6
        ? BigDecimal.valueOf(number).toPlainString()
        : Double.toString(number);
  }
}
