package io.hyperfleet.cel;

import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.cel.extensions.CelListsExtensions.Function;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.LongStream;

/** CEL's list extension; {@code lists.range}, {@code flatten} and {@code distinct} are ours, with a limit. */
final class ListFunctions {

  private ListFunctions() {}

  /** All functions, as the compiler declares them. */
  static CelListsExtensions declarations() {
    return CelExtensions.lists();
  }

  /** The functions whose results are no longer than their input. */
  static CelListsExtensions unchanged() {
    return CelExtensions.lists(Function.SLICE, Function.REVERSE, Function.SORT, Function.SORT_BY);
  }

  static List<CelFunctionBinding> replacements() {
    return List.of(
        CelFunctionBinding.from("lists_range", Long.class, ListFunctions::range),
        CelFunctionBinding.from("list_flatten", List.class, list -> flatten(list, 1)),
        CelFunctionBinding.from("list_flatten_list_int", List.class, Long.class, ListFunctions::flatten),
        CelFunctionBinding.from("list_distinct", List.class, ListFunctions::distinct));
  }

  private static List<Long> range(long end) {
    EvaluationBudget.current().elements(end);
    return LongStream.range(0, end).boxed().toList();
  }

  private static List<Object> flatten(List<?> list, long depth) {
    if (depth < 0) {
      throw new IllegalArgumentException("flatten takes a depth of 0 or more");
    }
    List<Object> flat = new ArrayList<>();
    flatten(list, depth, flat, EvaluationBudget.current());
    return flat;
  }

  private static void flatten(List<?> list, long depth, List<Object> flat, EvaluationBudget budget) {
    for (Object item : list) {
      budget.step();
      if (depth > 0 && item instanceof List<?> inner) {
        flatten(inner, depth - 1, flat, budget);
      } else {
        budget.elements(flat.size() + 1L);
        flat.add(item);
      }
    }
  }

  private static List<Object> distinct(List<?> list) {
    EvaluationBudget budget = EvaluationBudget.current();
    budget.weigh(list);
    return new ArrayList<>(new LinkedHashSet<>(list));
  }
}
