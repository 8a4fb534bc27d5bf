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
    return FunctionLibrary.of("Numbers", "Functions over numbers; all begin with `math.`.", CelExtensions.math(options),
        List.of(
            FunctionNote.of("greatest", "The largest of some numbers, or of a list of them.",
                "No number at all, or text, is an error.", "math.greatest(cluster.spec.nodes, 5, 2.5)", "5",
                "math.greatest([1, 3, 2])", "3")
                .written("math.greatest(number, ...) → number", "math.greatest(list(number)) → number"),
            FunctionNote.of("least", "The smallest of some numbers, or of a list of them.",
                "No number at all, or text, is an error.", "math.least(cluster.spec.nodes, 5)", "3")
                .written("math.least(number, ...) → number", "math.least(list(number)) → number"),
            FunctionNote.of("math.ceil", "The next whole number that is not smaller, as a double.", NUMBERS,
                "math.ceil(1.2)", "2.0"),
            FunctionNote.of("math.floor", "The next whole number that is not larger, as a double.", NUMBERS,
                "math.floor(1.8)", "1.0"),
            FunctionNote.of("math.round", "The nearest whole number, as a double; halves are rounded away from 0.",
                NUMBERS, "math.round(2.5)", "3.0", "int(math.round(2.4))", "2"),
            FunctionNote.of("math.trunc", "The number without its fraction, as a double.", NUMBERS, "math.trunc(-1.8)",
                "-1.0"),
            FunctionNote.of("math.abs", "The number without its sign.", "The least int is an error: it has none.",
                "math.abs(-3)", "3"),
            FunctionNote.of("math.sign", "-1, 0 or 1.", NUMBERS, "math.sign(-3)", "-1"),
            FunctionNote.of("math.sqrt", "The square root, as a double.", "Of a negative number it is no number (NaN).",
                "math.sqrt(16)", "4.0"),
            FunctionNote.of("math.isInf", "Whether a double is infinite.", NUMBERS, "math.isInf(1.0 / 0.0)", "true"),
            FunctionNote.of("math.isNaN", "Whether a double is no number.", NUMBERS, "math.isNaN(1.0)", "false"),
            FunctionNote.of("math.isFinite", "Whether a double is neither infinite nor no number.", NUMBERS,
                "math.isFinite(1.0)", "true"),
            FunctionNote.of("math.bitAnd", "Both numbers' bits.", NUMBERS, "math.bitAnd(6, 3)", "2"),
            FunctionNote.of("math.bitOr", "Either number's bits.", NUMBERS, "math.bitOr(6, 3)", "7"),
            FunctionNote.of("math.bitXor", "The bits of one number alone.", NUMBERS, "math.bitXor(6, 3)", "5"),
            FunctionNote.of("math.bitNot", "The bits that a number has not.", NUMBERS, "math.bitNot(0)", "-1"),
            FunctionNote.of("math.bitShiftLeft", "The bits moved to the left.",
                "A negative count is an error; 64 and more yields 0.", "math.bitShiftLeft(1, 4)", "16"),
            FunctionNote.of("math.bitShiftRight", "The bits moved to the right; the sign is not kept.",
                "A negative count is an error; 64 and more yields 0.", "math.bitShiftRight(16, 4)", "1")));
  }
}
