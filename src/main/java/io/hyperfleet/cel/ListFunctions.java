package io.hyperfleet.cel;

import dev.cel.common.internal.ComparisonFunctions;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelFunctionBinding;
import io.hyperfleet.cel.function.FunctionLibrary;
import io.hyperfleet.cel.function.FunctionNote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.LongStream;

/** CEL's list extension, with limits on the size of results and on the work to compare elements. */
final class ListFunctions {

  private static final int BOXED = 24;

  private ListFunctions() {}

  /** All functions, as the compiler declares them. */
  static FunctionLibrary library() {
    return FunctionLibrary.of("Lists", "Functions for lists, in addition to those of CEL itself. An argument that is "
        + "not a list is an error; a result has at most 10,000 elements.", CelExtensions.lists(),
        List.of(
            FunctionNote.of("distinct", "The list without duplicates.", "An empty list stays empty.",
                "[1, 2, 1].distinct()", "[1,2]"),
            FunctionNote.of("flatten", "The list with nested lists flattened, one level deep or to a given depth.",
                "A negative depth is an error.", "[[1], [2, [3]]].flatten()", "[1,2,[3]]",
                "[[1], [2, [3]]].flatten(2)", "[1,2,3]"),
            FunctionNote.of("lists.range", "The whole numbers from 0 up to, but not including, a number.",
                "Empty for a negative number; more than 10,000 is an error.", "lists.range(3)", "[0,1,2]"),
            FunctionNote.of("reverse", "The list in reverse order.", "An empty list stays empty.",
                "cluster.spec.zones.reverse()", "[\"c\",\"b\",\"a\"]"),
            FunctionNote.of("slice", "The elements from one position up to, but not including, another; positions "
                + "start at 0.",
                "Positions outside the list are an error.", "cluster.spec.zones.slice(1, 3)", "[\"b\",\"c\"]",
                "cluster.spec.zones.slice(1, 9)", "error: slice out of bounds"),
            FunctionNote.of("sort", "The list sorted.",
                "Elements of different types, or without an order, are an error.",
                "[3, 1, 2].sort()", "[1,2,3]", "[1, 'a'].sort()",
                "error: elements to sort must have the same, comparable type"),
            FunctionNote.of("sortBy", "The list sorted by a value computed for each element.", "As for `sort`.",
                "['aa', 'b'].sortBy(s, s.size())", "[\"b\",\"aa\"]").written("list(A).sortBy(name, B) → list(A)")));
  }

  static List<CelFunctionBinding> bindings() {
    return List.of(
        CelFunctionBinding.from("lists_range", Long.class, ListFunctions::range),
        CelFunctionBinding.from("list_flatten", List.class, list -> flatten(list, 1)),
        CelFunctionBinding.from("list_flatten_list_int", List.class, Long.class, ListFunctions::flatten),
        CelFunctionBinding.from("list_distinct", List.class, ListFunctions::distinct),
        CelFunctionBinding.from("list_slice", List.of(List.class, Long.class, Long.class),
            args -> slice((List<?>) args[0], (Long) args[1], (Long) args[2])),
        CelFunctionBinding.from("list_reverse", List.class, ListFunctions::reverse),
        CelFunctionBinding.from("list_sort", List.class, list -> sort(list, ListFunctions::compare)),
        CelFunctionBinding.from("list_sortByAssociatedKeys", List.class, ListFunctions::sortByKeys));
  }

  private static List<Long> range(long end) {
    grow(end, BOXED * Math.max(0, end));
    return LongStream.range(0, end).boxed().toList();
  }

  private static List<Object> flatten(List<?> list, long depth) {
    if (depth < 0) {
      throw new IllegalArgumentException("flatten requires a depth of 0 or more");
    }
    List<Object> flat = new ArrayList<>();
    flatten(list, depth, flat, EvaluationBudget.current());
    grow(flat.size(), 0);
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

  /** An element that counts comparisons, since any number of lists and maps may have the same hash code. */
  private record Distinct(Object value, int hash, EvaluationBudget budget) {
    @Override
    public boolean equals(Object other) {
      budget.step();
      return other instanceof Distinct that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private static List<Object> distinct(List<?> list) {
    EvaluationBudget budget = EvaluationBudget.current();
    budget.weigh(list);
    grow(list.size(), 3L * BOXED * list.size());
    var seen = new LinkedHashSet<Distinct>();
    list.forEach(item -> seen.add(new Distinct(item, item.hashCode(), budget)));
    List<Object> distinct = new ArrayList<>(seen.size());
    seen.forEach(item -> distinct.add(item.value()));
    return distinct;
  }

  private static List<Object> slice(List<?> list, long from, long to) {
    if (from < 0 || from > to || to > list.size()) {
      throw new IllegalArgumentException("slice out of bounds");
    }
    grow(to - from, 0);
    return new ArrayList<>(list.subList((int) from, (int) to));
  }

  private static List<Object> reverse(List<?> list) {
    grow(list.size(), 0);
    List<Object> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<Object> sort(List<?> list, Comparator<Object> order) {
    EvaluationBudget budget = EvaluationBudget.current();
    budget.weigh(list);
    grow(list.size(), 0);
    List<Object> sorted = new ArrayList<>(list);
    sorted.sort((one, other) -> {
      budget.step();
      return order.compare(one, other);
    });
    return sorted;
  }

  /** Sorts pairs of a key and an element, which {@code sortBy} makes, by their keys. */
  private static List<Object> sortByKeys(List<?> pairs) {
    List<Object> sorted = sort(pairs, (one, other) -> compare(((List<?>) one).get(0), ((List<?>) other).get(0)));
    sorted.replaceAll(pair -> ((List<?>) pair).get(1));
    return sorted;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compare(Object one, Object other) {
    if (one instanceof Number number && other instanceof Number than) {
      return ComparisonFunctions.numericCompare(number, than);
    }
    if (!(one instanceof Comparable comparable) || one.getClass() != other.getClass()) {
      throw new IllegalArgumentException("elements to sort must have the same, comparable type");
    }
    return comparable.compareTo(other);
  }

  private static void grow(long elements, long besides) {
    EvaluationBudget budget = EvaluationBudget.current();
    budget.elements(elements);
    budget.build(EvaluationBudget.list(Math.max(0, elements)) + besides);
  }
}
