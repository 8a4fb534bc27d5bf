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

  private static final String TIME = "Without a time zone it is UTC; an unknown zone is an error.";
  private static final String DURATION = " Of a duration: all of it in this unit.";

  private Operators() {}

  /** All of it, as the compiler declares it. */
  public static FunctionLibrary library() {
    return new FunctionLibrary("CEL itself", "Operators, macros, conversions, texts, regular expressions and times. "
        + "`.` and `[...]` fail where there is no such key; [what may be absent](#what-may-be-absent) has those that do not.",
        Optional.empty(),
        Arrays.stream(StandardFunction.values()).map(StandardFunction::functionDecl).toList(), macros(), notes());
  }

  private static Set<CelMacro> macros() {
    return CelStandardMacro.STANDARD_MACROS.stream().map(CelStandardMacro::getDefinition)
        .collect(Collectors.toSet());
  }

  private static List<FunctionNote> notes() {
    return List.of(
        FunctionNote.of("has", "Whether a field is there.",
            "The last field alone may be absent: an absent one before it is an error. Takes `a.b`, not `a['b']`.",
            "has(cluster.spec.region)", "true", "has(cluster.spec.owner)", "false", "has(cluster.absent.owner)",
            "error: key 'absent' is not present in cluster")
            .written("has(value.field) → bool"),
        FunctionNote.of("all", "Whether a condition holds for all elements, or for all keys of a map; true of none.",
            "An element for which it fails counts as an error, unless another one is false.",
            "cluster.spec.zones.all(z, z != '')", "true")
            .written("list.all(name, bool) → bool", "map.all(name, bool) → bool"),
        FunctionNote.of("exists", "Whether it holds for one element or more; false of none.",
            "An element for which it fails counts as an error, unless another one is true.",
            "cluster.spec.zones.exists(z, z == 'b')", "true")
            .written("list.exists(name, bool) → bool", "map.exists(name, bool) → bool"),
        FunctionNote.of("exists_one", "Whether it holds for exactly one element.",
            "An element for which it fails is an error.", "cluster.spec.zones.exists_one(z, z > 'b')", "true")
            .written("list.exists_one(name, bool) → bool", "map.exists_one(name, bool) → bool"),
        FunctionNote.of("map", "A list of what is made of each element; with a condition, of those for which it holds.",
            "An element for which it fails is an error.", "cluster.spec.zones.map(z, z + '1')",
            "[\"a1\",\"b1\",\"c1\"]", "cluster.spec.zones.map(z, z != 'b', z + '1')", "[\"a1\",\"c1\"]")
            .written("list.map(name, A) → list(A)", "list.map(name, bool, A) → list(A)", "map.map(name, A) → list(A)"),
        FunctionNote.of("filter", "The elements for which a condition holds, or the keys of a map.",
            "An element for which it fails is an error.", "cluster.spec.zones.filter(z, z != 'b')", "[\"a\",\"c\"]")
            .written("list(A).filter(name, bool) → list(A)", "map(A, B).filter(name, bool) → list(A)"),
        FunctionNote.of("_?_:_", "One value or the other.",
            "What is not chosen is not evaluated; the condition has to be true or false.",
            "cluster.spec.nodes > 2 ? 'large' : 'small'", "\"large\"").written("bool ? A : A → A"),
        FunctionNote.of("_&&_", "Whether both are true.", "False where one is, also when the other one fails.",
            "has(cluster.spec.owner) && cluster.spec.owner == 'me'", "false"),
        FunctionNote.of("_||_", "Whether one of them is true.", "True where one is, also when the other one fails.",
            "!has(cluster.spec.owner) || cluster.spec.owner == 'me'", "true"),
        FunctionNote.of("!_", "The contrary.", "What is neither true nor false is an error.",
            "!has(cluster.spec.owner)", "true"),
        FunctionNote
            .of("_==_", "Whether two values are the same; numbers by their value, lists and maps by what they hold.",
                "Values of different types are not the same.", "cluster.spec.nodes == 3.0", "true", "cluster.name == 3",
                "false")
            .written("A == A → bool"),
        FunctionNote.of("_!=_", "Whether they differ.", "Values of different types differ.", "cluster.name != 'test'",
            "true").written("A != A → bool"),
        FunctionNote.of("_<_",
            "Whether the first is less, of numbers of any type, texts, bytes, times, durations and false before true.",
            "Values of different types are an error.", "cluster.spec.nodes < 3.5", "true",
            "cluster.name < 3",
            "error: No matching overload for function '_<_': it takes no values of these types; string(...), int(...), double(...) and bool(...) convert them")
            .written("A < A → bool"),
        FunctionNote.of("_<=_", "Whether it is less or the same.", "Values of different types are an error.",
            "cluster.spec.nodes <= 3", "true").written("A <= A → bool"),
        FunctionNote.of("_>_", "Whether it is greater.", "Values of different types are an error.",
            "now - timestamp('2026-01-01T00:00:00Z') > duration('24h')", "true").written("A > A → bool"),
        FunctionNote.of("_>=_", "Whether it is greater or the same.", "Values of different types are an error.",
            "cluster.spec.nodes >= 4", "false").written("A >= A → bool"),
        FunctionNote.of("_+_", "The sum; texts, bytes and lists one behind the other.",
            "Text and a number are an error: `string(...)` converts. So is a sum beyond 64 bits.",
            "cluster.name + '-' + string(cluster.generation)", "\"prod-3\"", "[1] + [2]", "[1,2]",
            "cluster.name + cluster.generation",
            "error: No matching overload for function '_+_': it takes no values of these types; string(...), int(...), double(...) and bool(...) convert them"),
        FunctionNote.of("_-_", "The difference; of two times a duration.", "As of `+`.", "cluster.spec.nodes - 1", "2",
            "now - duration('1h')", "\"2026-01-02T02:04:05Z\""),
        FunctionNote.of("_*_", "The product.", "A product beyond 64 bits, and an int and a double, are an error.",
            "cluster.spec.nodes * 2", "6"),
        FunctionNote.of("_/_", "The quotient; of ints without a fraction.", "Division of an int by 0 is an error.",
            "cluster.spec.nodes / 2", "1", "1 / 0", "error: division by zero"),
        FunctionNote.of("_%_", "What a division leaves.", "Division by 0 is an error.", "cluster.spec.nodes % 2", "1"),
        FunctionNote.of("-_", "The number with the other sign.", "Text is an error.", "-cluster.spec.nodes", "-3"),
        FunctionNote.of("@in", "Whether a list has an element, or a map a key.",
            "What is not there is not in it; text is no list.",
            "'b' in cluster.spec.zones", "true", "'team' in cluster.labels", "true"),
        FunctionNote.of("_[_]", "An element of a list, from 0, or the value of a key.", "An absent one is an error.",
            "cluster.spec.zones[0]", "\"a\"", "cluster.labels['cost-center']", "\"42\"", "cluster.spec.zones[9]",
            "error: a list has no such index in cluster.spec.zones"),
        FunctionNote.of("size", "Characters of a text, bytes, elements of a list, or keys of a map.",
            "A number is an error.", "size(cluster.spec.zones)", "3", "cluster.name.size()", "4"),
        FunctionNote.of("type", "The type of a value, for comparisons.", "Takes every value.",
            "type(cluster.generation) == int", "true"),
        FunctionNote.of("dyn", "The value, of a type that is not known before it is evaluated.", "Takes every value.",
            "dyn([1]) == 1", "false"),
        FunctionNote.of("int",
            "A whole number of 64 bits; of a double without its fraction, of a time the seconds since 1970.",
            "A text that is none, and what does not fit, is an error.", "int('42')", "42", "int(2.9)", "2", "int('x')",
            "error: a text cannot be converted"),
        FunctionNote.of("uint", "The same without a sign.", "A negative number is an error.", "uint(3)", "3"),
        FunctionNote.of("double", "A number with a fraction.", "A text that is none is an error.", "double('1.5')",
            "1.5"),
        FunctionNote.of("string", "A text; of a time RFC 3339, of a duration its seconds.",
            "Lists and maps are an error: `toJson` takes them.", "string(cluster.generation)", "\"3\"",
            "string(now)", "\"2026-01-02T03:04:05Z\""),
        FunctionNote.of("bytes", "The bytes of a text in UTF-8; as a result they are base64.", "Numbers are an error.",
            "bytes('abc')", "\"YWJj\""),
        FunctionNote.of("bool", "True or false of `true`, `TRUE`, `True`, `t`, `1` and their contraries.",
            "Another text is an error.",
            "bool('true')", "true", "bool('yes')", "error: a text cannot be converted"),
        FunctionNote.of("timestamp", "A time, of RFC 3339 or of seconds since 1970.",
            "A text that is none is an error.",
            "timestamp('2026-01-01T00:00:00Z') < now", "true"),
        FunctionNote.of("duration",
            "A duration, of a number and `h`, `m`, `s` or `ms`; as a result it is text in seconds.",
            "A text that is none is an error.", "duration('1h30m')", "\"5400s\"", "duration('1 day')",
            "error: a text cannot be converted"),
        FunctionNote.of("contains", "Whether a text has a part.", "What is no text is an error.",
            "cluster.spec.region.contains('-')", "true"),
        FunctionNote.of("startsWith", "Whether a text begins so.", "What is no text is an error.",
            "cluster.spec.region.startsWith('eu')", "true"),
        FunctionNote.of("endsWith", "Whether a text ends so.", "What is no text is an error.",
            "cluster.spec.region.endsWith('-1')", "true"),
        FunctionNote.of("matches",
            "Whether an RE2 expression is found in a text; `^` and `$` are for all of it. 500 characters at most.",
            "An expression that is none, or too large, is an error.", "cluster.spec.region.matches('^[a-z]+-[0-9]$')",
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
