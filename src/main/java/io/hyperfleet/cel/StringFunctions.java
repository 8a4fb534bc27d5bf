package io.hyperfleet.cel;

import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.runtime.CelFunctionBinding;
import io.hyperfleet.cel.function.FunctionLibrary;
import io.hyperfleet.cel.function.FunctionNote;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * CEL's string extension. Functions that can grow or run long ({@code replace}, {@code join}, {@code split}, {@code
 * quote}, {@code indexOf}) are our own, since the length must be known before a string is built.
 */
final class StringFunctions {

  /** Bytes of a text in a list, without its characters. */
  private static final int PART = 48;

  private StringFunctions() {}

  /** All functions, as the compiler declares them. */
  static FunctionLibrary library() {
    return FunctionLibrary.of("Texts",
        "Functions for text, in addition to those of CEL itself. Positions count characters from 0; an argument that "
            + "is not text is an error.",
        CelExtensions.strings(), List.of(
            FunctionNote.of("charAt", "The character at a position; empty text at the end.",
                "A position beyond the end is an error.", "cluster.name.charAt(0)", "\"p\"", "cluster.name.charAt(9)",
                "error: no such character; a position has the wrong type or range"),
            FunctionNote.of("indexOf", "The first position of a substring, searched from a position on.",
                "-1 if not found; a position outside the text is an error.",
                "cluster.spec.region.indexOf('-')", "2", "cluster.name.indexOf('x')", "-1"),
            FunctionNote.of("lastIndexOf", "The last position of a substring, searched back from a position.",
                "-1 if not found; a negative position is an error.",
                "'a-b-c'.lastIndexOf('-')", "3"),
            FunctionNote.of("join", "The texts of a list joined, with a separator between them.",
                "An element that is not text is an error.", "cluster.spec.zones.join(',')", "\"a,b,c\"",
                "[dyn(1)].join()",
                "error: join requires a list of strings"),
            FunctionNote.of("split", "The text split at a separator, into at most a given number of parts.",
                "If the separator does not occur, the whole text.", "'a,b,c'.split(',')", "[\"a\",\"b\",\"c\"]",
                "'a,b,c'.split(',', 2)", "[\"a\",\"b,c\"]"),
            FunctionNote.of("replace", "The text with a substring replaced, everywhere or at most a given number of "
                + "times.",
                "If the substring does not occur, the text is unchanged.", "cluster.spec.region.replace('-', "
                    + "'')",
                "\"eu1\""),
            FunctionNote.of("substring", "The text from one position up to, but not including, another.",
                "A position beyond the end, and an end before the start, is an error.", "cluster.name.substring(1)",
                "\"rod\"",
                "cluster.name.substring(0, 2)", "\"pr\""),
            FunctionNote.of("trim", "The text without leading and trailing white space.", "Empty text stays empty.",
                "' x '.trim()",
                "\"x\""),
            FunctionNote.of("lowerAscii", "The text with letters A to Z in lower case.", "Other letters are unchanged.",
                "'PROD'.lowerAscii()", "\"prod\""),
            FunctionNote.of("upperAscii", "The text with letters a to z in upper case.", "Other letters are unchanged.",
                "cluster.name.upperAscii()", "\"PROD\""),
            FunctionNote.of("reverse", "The text reversed.", "Empty text stays empty.", "cluster.name.reverse()",
                "\"dorp\""),
            FunctionNote.of("strings.quote", "The text in double quotes, with escapes.", "Accepts any text.",
                "strings.quote('a\"b')", "\"\\\"a\\\\\\\"b\\\"\"")));
  }

  /** The functions whose results and temporary values are not longer than their input. */
  static CelStringExtensions unchanged() {
    return CelExtensions.strings(EnumSet.of(Function.LOWER_ASCII, Function.UPPER_ASCII, Function.TRIM,
        Function.REVERSE));
  }

  static List<CelFunctionBinding> replacements() {
    return List.of(
        CelFunctionBinding.from("string_char_at_int", String.class, Long.class, StringFunctions::charAt),
        CelFunctionBinding.from("string_substring_int", String.class, Long.class,
            (text, from) -> text.substring(offset(text, from))),
        CelFunctionBinding.from("string_substring_int_int", List.of(String.class, Long.class, Long.class),
            args -> substring((String) args[0], (Long) args[1], (Long) args[2])),
        CelFunctionBinding.from("list_join", List.class, list -> join(list, "")),
        CelFunctionBinding.from("list_join_string", List.class, String.class, StringFunctions::join),
        CelFunctionBinding.from("string_replace_string_string",
            List.of(String.class, String.class, String.class),
            args -> replace((String) args[0], (String) args[1], (String) args[2], -1)),
        CelFunctionBinding.from("string_replace_string_string_int",
            List.of(String.class, String.class, String.class, Long.class),
            args -> replace((String) args[0], (String) args[1], (String) args[2], (Long) args[3])),
        CelFunctionBinding.from("string_split_string", String.class, String.class,
            (text, separator) -> split(text, separator, -1)),
        CelFunctionBinding.from("string_split_string_int", List.of(String.class, String.class, Long.class),
            args -> split((String) args[0], (String) args[1], (Long) args[2])),
        CelFunctionBinding.from("strings_quote", String.class, StringFunctions::quote),
        CelFunctionBinding.from("string_index_of_string", String.class, String.class,
            (text, part) -> indexOf(text, part, 0)),
        CelFunctionBinding.from("string_index_of_string_int", List.of(String.class, String.class, Long.class),
            args -> indexOf((String) args[0], (String) args[1], (Long) args[2])),
        CelFunctionBinding.from("string_last_index_of_string", String.class, String.class,
            (text, part) -> lastIndexOf(text, part, text.length())),
        CelFunctionBinding.from("string_last_index_of_string_int", List.of(String.class, String.class, Long.class),
            args -> lastIndexOf((String) args[0], (String) args[1], (Long) args[2])));
  }

  /** Index of a character; CEL counts code points. */
  private static int offset(String text, long character) {
    if (character < 0 || character > text.length()) {
      throw new IllegalArgumentException("no such character; a position has the wrong type or range");
    }
    EvaluationBudget.current().steps((int) (character >> 10));
    try {
      return text.offsetByCodePoints(0, (int) character);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("no such character; a position has the wrong type or range", e);
    }
  }

  private static String charAt(String text, long character) {
    int at = offset(text, character);
    return at == text.length() ? "" : text.substring(at, text.offsetByCodePoints(at, 1));
  }

  private static String substring(String text, long from, long to) {
    if (from > to) {
      throw new IllegalArgumentException("substring ends before it starts; a position has the wrong type or range");
    }
    return text.substring(offset(text, from), offset(text, to));
  }

  private static String join(List<?> list, String separator) {
    EvaluationBudget budget = EvaluationBudget.current();
    var joined = new StringBuilder();
    String between = "";
    for (Object item : list) {
      budget.step();
      if (!(item instanceof String text)) {
        throw new IllegalArgumentException("join requires a list of strings");
      }
      budget.text((long) joined.length() + between.length() + text.length());
      joined.append(between).append(text);
      between = separator;
    }
    return joined.toString();
  }

  /** Replaces at most {@code limit} occurrences, all when it is negative; an empty part is before each character. */
  private static String replace(String text, String part, String by, long limit) {
    EvaluationBudget budget = EvaluationBudget.current();
    budget.search(text, part);
    var result = new StringBuilder();
    int from = 0;
    int at = text.indexOf(part);
    for (long done = 0; at >= 0 && (limit < 0 || done < limit); done++) {
      budget.step();
      budget.text((long) result.length() + at - from + by.length());
      result.append(text, from, at).append(by);
      from = at + part.length();
      at = part.isEmpty() ? nextCharacter(text, at) : text.indexOf(part, from);
    }
    budget.text((long) result.length() + text.length() - from);
    return result.append(text, from, text.length()).toString();
  }

  private static int nextCharacter(String text, int at) {
    return at >= text.length() ? -1 : text.offsetByCodePoints(at, 1);
  }

  private static List<String> split(String text, String separator, long limit) {
    EvaluationBudget budget = EvaluationBudget.current();
    budget.search(text, separator);
    List<String> parts = new ArrayList<>();
    if (limit == 0) {
      return parts;
    }
    int from = 0;
    while (limit < 0 || parts.size() < limit - 1) {
      int at = separator.isEmpty() ? nextCharacter(text, from) : text.indexOf(separator, from);
      if (at < 0 || separator.isEmpty() && at >= text.length()) {
        break;
      }
      budget.step();
      budget.elements(parts.size() + 1L);
      budget.build(PART + 2L * (at - from));
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    if (!separator.isEmpty() || from < text.length()) {
      budget.build(PART + 2L * (text.length() - from));
      parts.add(text.substring(from));
    }
    return parts;
  }

  private static String quote(String text) {
    EvaluationBudget.current().text(2L * text.length() + 2);
    var quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      int escape = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
      if (escape >= 0) {
        quoted.append('\\').append("abfnrtv\\\"".charAt(escape));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static long indexOf(String text, String part, long from) {
    EvaluationBudget.current().search(text, part);
    int characters = text.codePointCount(0, text.length());
    if (from < 0 || from > characters) {
      throw new IllegalArgumentException("indexOf starts outside the text");
    }
    int at = text.indexOf(part, text.offsetByCodePoints(0, (int) from));
    return at < 0 ? -1 : text.codePointCount(0, at);
  }

  private static long lastIndexOf(String text, String part, long from) {
    EvaluationBudget.current().search(text, part);
    int characters = text.codePointCount(0, text.length());
    if (from < 0) {
      throw new IllegalArgumentException("lastIndexOf starts outside the text");
    }
    int at = text.lastIndexOf(part, text.offsetByCodePoints(0, (int) Math.min(from, characters)));
    return at < 0 ? -1 : text.codePointCount(0, at);
  }
}
