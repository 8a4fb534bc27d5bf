package io.hyperfleet.cel.function;

import dev.cel.common.CelOptions;
import dev.cel.extensions.CelExtensions;
import java.util.List;

/** CEL's math extension. */
public final class MathFunctions {

  private static final String NUMBERS = "Text and lists are an error.";

  private MathFunctions() {}

  /** All of it, as the compiler declares it. */
  public static FunctionLibrary library(CelOptions options) {
    return FunctionLibrary.of("Numbers", "Functions for numbers; all names begin with `math.`.",
        CelExtensions.math(options),
        List.of(
            FunctionNote.of("greatest", "The largest of several numbers, or of a list of numbers.",
                "No numbers, or text, is an error.", "math.greatest(cluster.spec.nodes, 5, 2.5)", "5",
                "math.greatest([1, 3, 2])", "3")
                .written("math.greatest(number, ...) → number", "math.greatest(list(number)) → number"),
            FunctionNote.of("least", "The smallest of several numbers, or of a list of numbers.",
                "No numbers, or text, is an error.", "math.least(cluster.spec.nodes, 5)", "3")
                .written("math.least(number, ...) → number", "math.least(list(number)) → number"),
            FunctionNote.of("math.ceil", "The number rounded up to a whole number, as a double.", NUMBERS,
                "math.ceil(1.2)", "2.0"),
            FunctionNote.of("math.floor", "The number rounded down to a whole number, as a double.", NUMBERS,
                "math.floor(1.8)", "1.0"),
            FunctionNote.of("math.round", "The number rounded to the nearest whole number, as a double; halves are "
                + "rounded away from 0.",
                NUMBERS, "math.round(2.5)", "3.0", "int(math.round(2.4))", "2"),
            FunctionNote.of("math.trunc", "The number truncated to a whole number, as a double.", NUMBERS,
                "math.trunc(-1.8)",
                "-1.0"),
            FunctionNote.of("math.abs", "The absolute value.", "The smallest int is an error: its absolute value "
                + "does not fit.",
                "math.abs(-3)", "3"),
            FunctionNote.of("math.sign", "The sign: -1, 0 or 1.", NUMBERS, "math.sign(-3)", "-1"),
            FunctionNote.of("math.sqrt", "The square root, as a double.", "NaN for a negative number.",
                "math.sqrt(16)", "4.0"),
            FunctionNote.of("math.isInf", "Whether a double is infinite.", NUMBERS, "math.isInf(1.0 / 0.0)", "true"),
            FunctionNote.of("math.isNaN", "Whether a double is NaN.", NUMBERS, "math.isNaN(1.0)", "false"),
            FunctionNote.of("math.isFinite", "Whether a double is neither infinite nor NaN.", NUMBERS,
                "math.isFinite(1.0)", "true"),
            FunctionNote.of("math.bitAnd", "Bitwise AND.", NUMBERS, "math.bitAnd(6, 3)", "2"),
            FunctionNote.of("math.bitOr", "Bitwise OR.", NUMBERS, "math.bitOr(6, 3)", "7"),
            FunctionNote.of("math.bitXor", "Bitwise XOR.", NUMBERS, "math.bitXor(6, 3)", "5"),
            FunctionNote.of("math.bitNot", "Bitwise NOT.", NUMBERS, "math.bitNot(0)", "-1"),
            FunctionNote.of("math.bitShiftLeft", "The bits shifted left.",
                "A negative count is an error; 64 and more yields 0.", "math.bitShiftLeft(1, 4)", "16"),
            FunctionNote.of("math.bitShiftRight", "The bits shifted right; the sign is not kept.",
                "A negative count is an error; 64 and more yields 0.", "math.bitShiftRight(16, 4)", "1")));
  }
}
