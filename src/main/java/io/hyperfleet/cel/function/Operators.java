package io.hyperfleet.cel.function;

import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelStandardMacro;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What CEL itself has: operators, macros, conversions, texts and times. */
public final class Operators {

  private static final String TIME = "UTC unless a time zone is given; an unknown zone is an error.";
  private static final String DURATION = " For a duration: the whole duration in this unit.";

  private Operators() {}

  /** All of it, as the compiler declares it. */
  public static FunctionLibrary library() {
    return new FunctionLibrary("CEL itself", "Operators, macros, conversions, text, regular expressions and times. "
        + "`.` and `[...]` fail for a missing key; [what may be absent](#what-may-be-absent) lists alternatives.",
        Optional.empty(),
        Arrays.stream(StandardFunction.values()).map(StandardFunction::functionDecl).toList(), macros(), notes());
  }

  private static Set<CelMacro> macros() {
    return CelStandardMacro.STANDARD_MACROS.stream().map(CelStandardMacro::getDefinition)
        .collect(Collectors.toSet());
  }

  private static List<FunctionNote> notes() {
    return List.of(
        FunctionNote.of("has", "Whether a field is present.",
            "Only the last field may be absent; an absent field before it is an error. Accepts `a.b`, not `a['b']`.",
            "has(cluster.spec.region)", "true", "has(cluster.spec.owner)", "false", "has(cluster.absent.owner)",
            "error: key 'absent' is not present in cluster")
            .written("has(value.field) → bool"),
        FunctionNote.of("all", "Whether a condition holds for all elements, or for all keys of a map; true if there "
            + "are none.",
            "A failure for an element is an error, unless the condition is false for another element.",
            "cluster.spec.zones.all(z, z != '')", "true")
            .written("list.all(name, bool) → bool", "map.all(name, bool) → bool"),
        FunctionNote.of("exists", "Whether a condition holds for at least one element; false if there are none.",
            "A failure for an element is an error, unless the condition is true for another element.",
            "cluster.spec.zones.exists(z, z == 'b')", "true")
            .written("list.exists(name, bool) → bool", "map.exists(name, bool) → bool"),
        FunctionNote.of("exists_one", "Whether a condition holds for exactly one element.",
            "A failure for an element is an error.", "cluster.spec.zones.exists_one(z, z > 'b')", "true")
            .written("list.exists_one(name, bool) → bool", "map.exists_one(name, bool) → bool"),
        FunctionNote.of("map", "A list of the values computed for each element, or for those elements for which a "
            + "condition holds.",
            "A failure for an element is an error.", "cluster.spec.zones.map(z, z + '1')",
            "[\"a1\",\"b1\",\"c1\"]", "cluster.spec.zones.map(z, z != 'b', z + '1')", "[\"a1\",\"c1\"]")
            .written("list.map(name, A) → list(A)", "list.map(name, bool, A) → list(A)", "map.map(name, A) → list(A)"),
        FunctionNote.of("filter", "The elements for which a condition holds, or the keys of a map.",
            "A failure for an element is an error.", "cluster.spec.zones.filter(z, z != 'b')", "[\"a\",\"c\"]")
            .written("list(A).filter(name, bool) → list(A)", "map(A, B).filter(name, bool) → list(A)"),
        FunctionNote.of("_?_:_", "One of two values, depending on a condition.",
            "The other value is not evaluated; the condition must be true or false.",
            "cluster.spec.nodes > 2 ? 'large' : 'small'", "\"large\"").written("bool ? A : A → A"),
        FunctionNote.of("_&&_", "Whether both are true.", "False if one is false, even if the other fails.",
            "has(cluster.spec.owner) && cluster.spec.owner == 'me'", "false"),
        FunctionNote.of("_||_", "Whether at least one is true.", "True if one is true, even if the other fails.",
            "!has(cluster.spec.owner) || cluster.spec.owner == 'me'", "true"),
        FunctionNote.of("!_", "Negation.", "A value other than true or false is an error.",
            "!has(cluster.spec.owner)", "true"),
        FunctionNote
            .of("_==_", "Whether two values are equal; numbers are compared by value, lists and maps by content.",
                "Values of different types are not equal.", "cluster.spec.nodes == 3.0", "true", "cluster.name == 3",
                "false")
            .written("A == A → bool"),
        FunctionNote.of("_!=_", "Whether two values differ.", "Values of different types differ.", "cluster.name != "
            + "'test'",
            "true").written("A != A → bool"),
        FunctionNote.of("_<_",
            "Whether the first is less: for numbers of any type, text, bytes, times, durations, and false before true.",
            "Values of different types are an error.", "cluster.spec.nodes < 3.5", "true",
            "cluster.name < 3",
            "error: No matching overload for function '_<_': not defined for these types; convert with string(...), "
                + "int(...), double(...) or bool(...)")
            .written("A < A → bool"),
        FunctionNote.of("_<=_", "Whether the first is less or equal.", "Values of different types are an error.",
            "cluster.spec.nodes <= 3", "true").written("A <= A → bool"),
        FunctionNote.of("_>_", "Whether the first is greater.", "Values of different types are an error.",
            "now - timestamp('2026-01-01T00:00:00Z') > duration('24h')", "true").written("A > A → bool"),
        FunctionNote.of("_>=_", "Whether the first is greater or equal.", "Values of different types are an error.",
            "cluster.spec.nodes >= 4", "false").written("A >= A → bool"),
        FunctionNote.of("_+_", "The sum; text, bytes and lists are concatenated.",
            "Text plus a number is an error; convert it with `string(...)`. So is a sum beyond 64 bits.",
            "cluster.name + '-' + string(cluster.generation)", "\"prod-3\"", "[1] + [2]", "[1,2]",
            "cluster.name + cluster.generation",
            "error: No matching overload for function '_+_': not defined for these types; convert with string(...), "
                + "int(...), double(...) or bool(...)"),
        FunctionNote.of("_-_", "The difference; a duration for two times.", "As for `+`.", "cluster.spec.nodes - "
            + "1", "2",
            "now - duration('1h')", "\"2026-01-02T02:04:05Z\""),
        FunctionNote.of("_*_", "The product.", "A product beyond 64 bits, and an int and a double, are an error.",
            "cluster.spec.nodes * 2", "6"),
        FunctionNote.of("_/_", "The quotient; truncated for ints.", "Division of an int by 0 is an error.",
            "cluster.spec.nodes / 2", "1", "1 / 0", "error: division by zero"),
        FunctionNote.of("_%_", "The remainder of a division.", "Division by 0 is an error.", "cluster.spec.nodes % "
            + "2", "1"),
        FunctionNote.of("-_", "The number negated.", "Text is an error.", "-cluster.spec.nodes", "-3"),
        FunctionNote.of("@in", "Whether a list contains an element, or a map a key.",
            "False if absent; text is not a list.",
            "'b' in cluster.spec.zones", "true", "'team' in cluster.labels", "true"),
        FunctionNote.of("_[_]", "An element of a list, from 0, or the value of a key.", "A missing key or index is "
            + "an error.",
            "cluster.spec.zones[0]", "\"a\"", "cluster.labels['cost-center']", "\"42\"", "cluster.spec.zones[9]",
            "error: list index out of bounds in cluster.spec.zones"),
        FunctionNote.of("size", "The number of characters, bytes, list elements or map keys.",
            "A number is an error.", "size(cluster.spec.zones)", "3", "cluster.name.size()", "4"),
        FunctionNote.of("type", "The type of a value, for comparisons.", "Accepts any value.",
            "type(cluster.generation) == int", "true"),
        FunctionNote.of("dyn", "The value, with its type checked at evaluation only.", "Accepts any value.",
            "dyn([1]) == 1", "false"),
        FunctionNote.of("int",
            "Converts to a 64-bit whole number; a double is truncated, a time becomes seconds since 1970.",
            "Text that is not a number, or a value that does not fit, is an error.", "int('42')", "42", "int(2.9)", "2",
            "int('x')",
            "error: text cannot be converted"),
        FunctionNote.of("uint", "Converts to an unsigned 64-bit whole number.", "A negative number is an error.",
            "uint(3)", "3"),
        FunctionNote.of("double", "Converts to a floating-point number.", "Invalid text is an error.", "double('1.5')",
            "1.5"),
        FunctionNote.of("string", "Converts to text; a time as RFC 3339, a duration in seconds.",
            "Lists and maps are an error; use `toJson`.", "string(cluster.generation)", "\"3\"",
            "string(now)", "\"2026-01-02T03:04:05Z\""),
        FunctionNote.of("bytes", "Text as UTF-8 bytes; a result is base64.", "Numbers are an error.",
            "bytes('abc')", "\"YWJj\""),
        FunctionNote.of("bool", "Converts `true`, `TRUE`, `True`, `t`, `1` and their opposites.",
            "Other text is an error.",
            "bool('true')", "true", "bool('yes')", "error: text cannot be converted"),
        FunctionNote.of("timestamp", "Converts RFC 3339 text or seconds since 1970 to a time.",
            "Invalid text is an error.",
            "timestamp('2026-01-01T00:00:00Z') < now", "true"),
        FunctionNote.of("duration",
            "Converts a number with `h`, `m`, `s` or `ms` to a duration; a result is text in seconds.",
            "Invalid text is an error.", "duration('1h30m')", "\"5400s\"", "duration('1 day')",
            "error: text cannot be converted"),
        FunctionNote.of("contains", "Whether text contains a substring.", "A value that is not text is an error.",
            "cluster.spec.region.contains('-')", "true"),
        FunctionNote.of("startsWith", "Whether text starts with a prefix.", "A value that is not text is an error.",
            "cluster.spec.region.startsWith('eu')", "true"),
        FunctionNote.of("endsWith", "Whether text ends with a suffix.", "A value that is not text is an error.",
            "cluster.spec.region.endsWith('-1')", "true"),
        FunctionNote.of("matches",
            "Whether an RE2 regular expression matches anywhere in text; `^` and `$` anchor it. At most 500 "
                + "characters.",
            "An invalid or too large expression is an error.", "cluster.spec.region.matches('^[a-z]+-[0-9]$')",
            "true", "cluster.name.matches('(')", "error: invalid regular expression: missing closing )"),
        FunctionNote.of("getFullYear", "The year.", TIME, "now.getFullYear()", "2026"),
        FunctionNote.of("getMonth", "The month, from 0.", TIME, "now.getMonth()", "0"),
        FunctionNote.of("getDate", "The day of the month, from 1.", TIME, "now.getDate()", "2"),
        FunctionNote.of("getDayOfMonth", "The day of the month, from 0.", TIME, "now.getDayOfMonth()", "1"),
        FunctionNote.of("getDayOfWeek", "The day of the week, from Sunday, 0.", TIME, "now.getDayOfWeek()", "5"),
        FunctionNote.of("getDayOfYear", "The day of the year, from 0.", TIME, "now.getDayOfYear()", "1"),
        FunctionNote.of("getHours", "The hour." + DURATION, TIME, "now.getHours('+02:00')", "5",
            "duration('90m').getHours()", "1"),
        FunctionNote.of("getMinutes", "The minute." + DURATION, TIME, "duration('90m').getMinutes()", "90"),
        FunctionNote.of("getSeconds", "The second." + DURATION, TIME, "now.getSeconds()", "5"),
        FunctionNote.of("getMilliseconds", "The milliseconds within the second.", TIME,
            "timestamp('2026-01-01T00:00:00.250Z').getMilliseconds()", "250"));
  }
}
