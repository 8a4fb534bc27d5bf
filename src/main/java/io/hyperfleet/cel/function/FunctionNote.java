package io.hyperfleet.cel.function;

import java.util.ArrayList;
import java.util.List;

/**
 * Documentation of a function, next to its registration.
 *
 * @param name its name, that of an operator as CEL has it ({@code _+_})
 * @param signatures how it is written, where that is not to be taken from its declaration: of macros
 * @param what its result, with units
 * @param wrong behaviour for missing or wrong values
 * @param examples expressions that a test evaluates
 */
public record FunctionNote(String name, List<String> signatures, String what, String wrong,
    List<CelReference.Example> examples) {

  /**
   * Of a function.
   *
   * @param examples an expression and its result in turn; the result is JSON, or {@code error: } and the message
   */
  public static FunctionNote of(String name, String what, String wrong, String... examples) {
    return new FunctionNote(name, List.of(), what, wrong, pairs(examples));
  }

  /** The same, written as is said and not as it is declared. */
  public FunctionNote written(String... as) {
    return new FunctionNote(name, List.of(as), what, wrong, examples);
  }

  private static List<CelReference.Example> pairs(String... examples) {
    var pairs = new ArrayList<CelReference.Example>();
    for (int i = 0; i < examples.length; i += 2) {
      pairs.add(new CelReference.Example(examples[i], examples[i + 1]));
    }
    return List.copyOf(pairs);
  }
}
