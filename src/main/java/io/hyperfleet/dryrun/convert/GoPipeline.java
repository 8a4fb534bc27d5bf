package io.hyperfleet.dryrun.convert;

import io.hyperfleet.dryrun.convert.Term.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts pipelines of Go templates to CEL. */
final class GoPipeline {

  private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)"
      + "|(?<path>\\$?[A-Za-z_0-9]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)+|\\.(?![A-Za-z_])|\\$[A-Za-z_0-9]*)"
      + "|(?<number>-?\\d+(?:\\.\\d+)?)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<sign>[()|]))");
  private static final Map<String, String> COMPARISONS = Map.of("eq", " == ", "ne", " != ", "lt", " < ", "le", " <= ",
      "gt", " > ", "ge", " >= ");

  private final Names names;
  private final Map<String, Term> variables;
  private final Term dot;

  GoPipeline(Names names) {
    this(names, Map.of(), null);
  }

  private GoPipeline(Names names, Map<String, Term> variables, Term dot) {
    this.names = names;
    this.variables = variables;
    this.dot = dot;
  }

  /** The same inside of a {@code range}: with more variables, and a dot that is the item where it has no variable. */
  GoPipeline inside(Map<String, Term> more, Term item) {
    var all = new HashMap<>(variables);
    all.putAll(more);
    return new GoPipeline(names, all, item);
  }

  /**
   * The CEL of a pipeline.
   *
   * @throws Unconvertible when it uses what has no counterpart
   */
  Term term(String pipeline) {
    var tokens = new ArrayList<String>();
    Matcher matcher = TOKEN.matcher(pipeline);
    int at = 0;
    while (at < pipeline.length() && matcher.find(at) && matcher.start() == at) {
      tokens.add(matcher.group().strip());
      at = matcher.end();
    }
    if (!pipeline.substring(at).isBlank() || tokens.isEmpty()) {
      throw new Unconvertible("{{ " + pipeline + " }} has no counterpart");
    }
    return new Reader(tokens, pipeline).pipeline();
  }

  private final class Reader {

    private final List<String> tokens;
    private final String source;
    private int at;

    Reader(List<String> tokens, String source) {
      this.tokens = tokens;
      this.source = source;
    }

    Term pipeline() {
      var result = command(null);
      while (at < tokens.size() && tokens.get(at).equals("|")) {
        at++;
        result = command(result);
      }
      return result;
    }

    private Term command(Term piped) {
      var word = at < tokens.size() ? tokens.get(at) : "";
      boolean function = word.matches("[A-Za-z_][A-Za-z0-9_]*") && !word.matches("true|false|nil");
      if (!function) {
        var operand = operand();
        if (piped != null || at < tokens.size() && !tokens.get(at).matches("[|)]")) {
          throw unknown();
        }
        return operand;
      }
      at++;
      var arguments = new ArrayList<Term>();
      while (at < tokens.size() && !tokens.get(at).matches("[|)]")) {
        arguments.add(operand());
      }
      if (piped != null) {
        arguments.add(piped);
      }
      return call(word, arguments);
    }

    private Term operand() {
      if (at >= tokens.size()) {
        throw unknown();
      }
      var token = tokens.get(at++);
      if (token.equals("(")) {
        var inner = pipeline();
        if (at >= tokens.size() || !tokens.get(at++).equals(")")) {
          throw unknown();
        }
        return inner;
      }
      if (token.startsWith("\"")) {
        return Term.text(Term.quoted(unescaped(token.substring(1, token.length() - 1))));
      }
      if (token.startsWith("`")) {
        return Term.text(Term.quoted(token.substring(1, token.length() - 1)));
      }
      if (token.startsWith("$") || token.startsWith(".")) {
        return path(token);
      }
      if (token.matches("-?\\d+(\\.\\d+)?")) {
        return new Term(token, Type.NUMBER);
      }
      return switch (token) {
        case "true", "false" -> new Term(token, Type.BOOL);
        case "nil" -> Term.any("null");
        default -> call(token, List.of());
      };
    }

    private Term path(String token) {
      if (token.equals(".")) {
        if (dot == null) {
          throw unknown();
        }
        return dot;
      }
      var keys = new ArrayList<>(Arrays.asList(token.split("\\.")));
      var first = keys.remove(0);
      if (first.startsWith("$") && first.length() > 1) {
        var variable = variables.get(first);
        if (variable == null) {
          throw unknown();
        }
        return keys.isEmpty() ? variable : variable.at(keys);
      }
      if (dot != null && first.isEmpty()) {
        return dot.at(keys);
      }
      var name = keys.remove(0);
      if ((name.equals("adapter") || name.equals("metadata")) && keys.equals(List.of("name"))) {
        return Term.text("adapter.name");
      }
      if (name.equals("event")) {
        return Term.any("event").at(keys);
      }
      var dotted = name + (keys.isEmpty() ? "" : "." + keys.get(0));
      if ((name.equals("env") || name.equals("config")) && names.find(dotted).isPresent()) {
        return names.find(dotted).get();
      }
      var term = names.find(name)
          .orElseThrow(() -> new Unconvertible("{{ " + source + " }}: no parameter '" + name + "'"));
      return keys.isEmpty() ? term : term.at(keys);
    }

    private Term call(String name, List<Term> arguments) {
      var parts = arguments.stream().map(Term::part).toList();
      if (COMPARISONS.containsKey(name) && arguments.size() == 2) {
        return new Term(parts.get(0) + COMPARISONS.get(name) + parts.get(1), Type.BOOL);
      }
      if (name.equals("eq") && arguments.size() > 2) {
        return new Term(parts.get(0) + " in [" + String.join(", ", parts.subList(1, parts.size())) + "]", Type.BOOL);
      }
      if ((name.equals("and") || name.equals("or")) && !arguments.isEmpty()) {
        return new Term(String.join(name.equals("and") ? " && " : " || ",
            arguments.stream().map(one -> new Term(one.asCondition(), Type.BOOL).part()).toList()), Type.BOOL);
      }
      if (name.equals("printf")) {
        return printf(arguments);
      }
      if (name.equals("now") && arguments.isEmpty()) {
        return Term.text("now()");
      }
      return switch (arguments.size()) {
        case 1 -> one(name, arguments.get(0));
        case 2 -> two(name, arguments.get(0), arguments.get(1));
        case 3 -> three(name, arguments);
        default -> throw unknown();
      };
    }

    private Term one(String name, Term value) {
      var text = new Term(value.asText(), Type.TEXT).part();
      return switch (name) {
        case "lower" -> Term.text(text + ".lowerAscii()");
        case "upper" -> Term.text(text + ".upperAscii()");
        case "trim" -> Term.text(text + ".trim()");
        case "string", "print", "quote" -> Term.text(value.asText());
        case "int", "int64" -> new Term("int(" + value.cel() + ")", Type.NUMBER);
        case "float", "float64" -> new Term("double(" + value.cel() + ")", Type.NUMBER);
        case "not" -> new Term("!(" + value.asCondition() + ")", Type.BOOL);
        case "len" -> new Term("size(" + value.cel() + ")", Type.NUMBER);
        case "title" -> throw unknown();
        default -> throw unknown();
      };
    }

    private Term two(String name, Term first, Term second) {
      return switch (name) {
        case "default" -> new Term("(" + second.asCondition() + ") ? " + second.part() + " : " + first.part(),
            first.type() == second.type() ? first.type() : Type.ANY);
        case "contains", "hasPrefix", "hasSuffix" -> new Term(first.part() + switch (name) {
          case "contains" -> ".contains(";
          case "hasPrefix" -> ".startsWith(";
          default -> ".endsWith(";
        } + second.cel() + ")", Type.BOOL);
        case "trimPrefix" -> Term.text(first.part() + ".startsWith(" + second.cel() + ") ? " + first.part()
            + ".substring(size(" + second.cel() + ")) : " + first.part());
        case "trimSuffix" -> Term.text(first.part() + ".endsWith(" + second.cel() + ") ? " + first.part()
            + ".substring(0, size(" + first.cel() + ") - size(" + second.cel() + ")) : " + first.part());
        case "index" -> Term.any(first.part() + "[" + second.cel() + "]");
        // Every layout that is in use is RFC 3339, which is how times are written here.
        case "date", "dateFormat" -> Term.text(second.cel());
        default -> throw unknown();
      };
    }

    private Term three(String name, List<Term> arguments) {
      if (name.equals("replace")) {
        return Term.text(arguments.get(0).part() + ".replace(" + arguments.get(1).cel() + ", " + arguments.get(2).cel()
            + ")");
      }
      throw unknown();
    }

    private Term printf(List<Term> arguments) {
      var format = arguments.isEmpty() ? "" : arguments.get(0).cel();
      if (!format.startsWith("'")) {
        throw unknown();
      }
      var pieces = format.substring(1, format.length() - 1).split("%[sdv]", -1);
      if (pieces.length != arguments.size() || Arrays.stream(pieces).anyMatch(piece -> piece.contains("%"))) {
        throw unknown();
      }
      var parts = new ArrayList<String>();
      for (int i = 0; i < pieces.length; i++) {
        if (!pieces[i].isEmpty()) {
          parts.add("'" + pieces[i] + "'");
        }
        if (i + 1 < pieces.length) {
          parts.add(new Term(arguments.get(i + 1).asText(), Type.TEXT).part());
        }
      }
      return Term.text(parts.isEmpty() ? "''" : String.join(" + ", parts));
    }

    private Unconvertible unknown() {
      return new Unconvertible("{{ " + source + " }} has no counterpart");
    }
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"").replace("\\\\", "\\");
  }
}
