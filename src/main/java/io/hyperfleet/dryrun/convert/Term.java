package io.hyperfleet.dryrun.convert;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A CEL term with its type, as far as known.
 *
 * @param cel the expression
 * @param type type of its result, as far as known from its origin
 */
record Term(String cel, Type type) {

  private static final Pattern PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*((\\.|\\.\\?)[A-Za-z_][A-Za-z0-9_]*"
      + "|\\['[^']*'\\])*|'[^'\\\\]*'|true|false|[A-Za-z_.]+\\([^()]*\\)");
  /** What every resource has. */
  private static final Map<String, Type> OF_A_RESOURCE = Map.of("id", Type.TEXT, "name", Type.TEXT, "kind", Type.TEXT,
      "href", Type.TEXT, "generation", Type.NUMBER);
  private static final Pattern INNER = Pattern.compile("\\([^()]*\\)|\\[[^\\[\\]]*]|\"[^\"]*\"|'[^']*'");
  private static final Pattern ASKS = Pattern
      .compile(" (==|!=|<|<=|>|>=|&&|\\|\\||in) |^!|^has$|\\.(hasValue|exists|all|"
          + "contains|startsWith|endsWith|matches)$");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  enum Type {
    TEXT, BOOL, NUMBER, LIST, ANY
  }

  static Term text(String cel) {
    return new Term(cel, Type.TEXT);
  }

  static Term any(String cel) {
    return new Term(cel, Type.ANY);
  }

  /** An author's expression, whose type follows from its comparisons. */
  static Term written(String cel) {
    var outside = cel;
    for (var inner = ""; !inner.equals(outside);) {
      inner = outside;
      outside = INNER.matcher(inner).replaceAll("");
    }
    return new Term(cel, !outside.contains(" ? ") && ASKS.matcher(outside).find() ? Type.BOOL : Type.ANY);
  }

  /** The expression as a part of another one. */
  String part() {
    return PATH.matcher(cel).matches() ? cel : "(" + cel + ")";
  }

  /** The value as text. */
  String asText() {
    return type == Type.TEXT ? cel : "string(" + cel + ")";
  }

  /** Whether the value is not empty, as Go's templates ask it. */
  String asCondition() {
    return switch (type) {
      case BOOL -> cel;
      case TEXT -> part() + " != ''";
      case NUMBER -> part() + " != 0";
      case LIST -> "size(" + cel + ") > 0";
      case ANY -> "!(" + part() + " in [null, false, '', 0, [], {}])";
    };
  }

  /** What stands at keys below it; an error where one is absent. */
  Term at(Collection<String> keys) {
    return new Term(part() + keys.stream().map(key -> NAME.matcher(key).matches() ? "." + key : "[" + quoted(key) + "]")
        .collect(Collectors.joining()), isOfAResource(keys) ? OF_A_RESOURCE.get(keys.iterator().next()) : Type.ANY);
  }

  private boolean isOfAResource(Collection<String> keys) {
    return (cel.equals("cluster") || cel.equals("nodepool")) && keys.size() == 1
        && OF_A_RESOURCE.containsKey(keys.iterator().next());
  }

  /** The same, and a value where one is absent. */
  Term at(Collection<String> keys, Object otherwise) {
    return isOfAResource(keys)
        ? at(keys)
        : new Term(part() + keys.stream()
            .map(key -> NAME.matcher(key).matches() ? ".?" + key : "[?" + quoted(key) + "]")
            .collect(Collectors.joining()) + ".orValue(" + literal(otherwise) + ")", typeOf(otherwise));
  }

  static Type typeOf(Object value) {
    return value instanceof String
        ? Type.TEXT
        : value instanceof Boolean ? Type.BOOL : value instanceof Number ? Type.NUMBER : Type.ANY;
  }

  /** A text of CEL. */
  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
        .replace("\t", "\\t") + "'";
  }

  /** A value as CEL writes it. */
  static String literal(Object value) {
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> quoted(String.valueOf(entry.getKey())) + ": " + literal(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value instanceof Collection<?> list
        ? list.stream().map(Term::literal).collect(Collectors.joining(", ", "[", "]"))
        : String.valueOf(value);
  }
}
