package io.hyperfleet.dryrun.convert;

import io.hyperfleet.dryrun.convert.GoTemplate.If;
import io.hyperfleet.dryrun.convert.GoTemplate.Part;
import io.hyperfleet.dryrun.convert.GoTemplate.Range;
import io.hyperfleet.dryrun.convert.GoTemplate.Text;
import io.hyperfleet.dryrun.convert.GoTemplate.Value;
import io.hyperfleet.dryrun.convert.Term.Type;
import io.hyperfleet.yaml.KubectlScalars;
import io.hyperfleet.yaml.KubectlYaml;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Turns the text of a manifest with Go's templates into a tree with {@code ${CEL}}. Actions give way to words that YAML
 * takes as they are; the tree that it reads then gets the CEL in their places.
 */
final class ManifestText {

  private static final Pattern SLOT = Pattern.compile("HFSLOT(\\d+)X");
  /** The same inside of a text, where lines have become an item or a key. */
  private static final Pattern IN_TEXT = Pattern.compile("(?:- )?HFSLOT(\\d+)X(?:: 0)?");
  private static final Pattern CLAUSE = Pattern.compile("(?:(\\$\\w+)\\s*(?:,\\s*(\\$\\w+)\\s*)?:=\\s*)?(.+)");

  private final List<Slot> slots = new ArrayList<>();
  private final Consumer<String> todo;

  /** What stands for a word in the text. */
  private sealed interface Slot {}

  private record Inline(Term term) implements Slot {}

  /** Lines that are there once, not at all, or for each item. */
  private record Lines(String condition, Term list, String item, String thenText, String otherwiseText, Part part,
      GoPipeline scope) implements Slot {

    Node then() {
      return compose(thenText);
    }

    Node otherwise() {
      return otherwiseText == null ? null : compose(otherwiseText);
    }
  }

  /** @param todo receives what cannot be converted */
  ManifestText(Consumer<String> todo) {
    this.todo = todo;
  }

  /**
   * The manifest.
   *
   * @throws Unconvertible when it is no YAML, or no map
   */
  Object convert(String text, GoPipeline scope) {
    return value(compose(emit(GoTemplate.parse(text), scope)));
  }

  /** A text with actions in it, as {@code ${CEL}}; one that is nothing but an action keeps being text. */
  String text(String text, GoPipeline scope) {
    var parts = GoTemplate.parse(text);
    return parts.size() == 1 && parts.get(0) instanceof Value one
        ? "${" + scope.term(one.pipeline()).asText() + "}"
        : parts.stream().map(part -> part instanceof Text literal
            ? escaped(literal.text())
            : "${" + inline(part, scope).cel() + "}").collect(Collectors.joining());
  }

  /** A text with actions in it as CEL. */
  Term term(String text, GoPipeline scope) {
    return concatenated(GoTemplate.parse(text), scope);
  }

  private static String escaped(String literal) {
    return literal.replace("${", "$${");
  }

  private String emit(List<Part> parts, GoPipeline scope) {
    var out = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Text text) {
        out.append(text.text());
      } else if (hasLines(part) && (isAlone(out) || startsWithLine(part))) {
        if (isAlone(out)) {
          out.setLength(out.length() - indentation(out));
        } else {
          out.append('\n');
        }
        out.append(lines(part, scope));
      } else {
        out.append(slot(new Inline(inline(part, scope))));
      }
    }
    return out.toString();
  }

  private String slot(Slot slot) {
    slots.add(slot);
    return "HFSLOT" + (slots.size() - 1) + "X";
  }

  private static List<Part> inside(Part part) {
    return part instanceof If condition ? condition.then() : part instanceof Range range ? range.body() : List.of();
  }

  /** Whether the white space before it was trimmed, the end of the line with it. */
  private static boolean startsWithLine(Part part) {
    return !inside(part).isEmpty() && inside(part).get(0) instanceof Text text
        && text.text().stripLeading().length() < text.text().length()
        && text.text().substring(0, text.text().length() - text.text().stripLeading().length()).contains("\n");
  }

  private static boolean hasLines(Part part) {
    return inside(part).stream().anyMatch(one -> one instanceof Text text && text.text().contains("\n"));
  }

  /** Whether there is nothing but blanks before in the line. */
  private static boolean isAlone(StringBuilder out) {
    int start = out.lastIndexOf("\n") + 1;
    return out.substring(start).isBlank();
  }

  private static int indentation(StringBuilder out) {
    return out.length() - (out.lastIndexOf("\n") + 1);
  }

  /** A line that stands for the lines of an {@code if} or {@code range}. */
  private String lines(Part part, GoPipeline scope) {
    String condition = null;
    Term list = null;
    var item = "";
    var inner = scope;
    List<Part> then;
    List<Part> otherwise = List.of();
    if (part instanceof If branch) {
      condition = scope.term(branch.condition()).asCondition();
      then = branch.then();
      otherwise = branch.otherwise();
    } else {
      var range = (Range) part;
      Matcher clause = CLAUSE.matcher(range.clause());
      if (!clause.matches()) {
        throw new Unconvertible("{{ range " + range.clause() + " }} has no counterpart");
      }
      list = scope.term(clause.group(3));
      boolean indexed = clause.group(2) != null && !clause.group(1).equals("$_") && uses(range.body(), clause.group(1));
      var value = clause.group(2) != null ? clause.group(2) : clause.group(1);
      item = indexed ? "index" : value == null ? "item" : value.substring(1);
      var one = indexed ? Term.any(list.part() + "[index]") : Term.any(item);
      Map<String, Term> more = new LinkedHashMap<>();
      if (value != null) {
        more.put(value, one);
      }
      if (indexed) {
        more.put(clause.group(1), new Term("index", Type.NUMBER));
        list = Term.any("lists.range(size(" + list.cel() + "))");
      }
      inner = scope.inside(more, one);
      then = range.body();
    }
    var thenText = emit(then, inner);
    var first = thenText.lines().filter(line -> !line.isBlank()).findFirst()
        .orElseThrow(() -> new Unconvertible("an {{ if }} or {{ range }} with nothing inside"));
    var indent = first.substring(0, first.length() - first.stripLeading().length());
    var slot = slot(
        new Lines(condition, list, item, thenText, otherwise.isEmpty() ? null : emit(otherwise, inner), part,
            scope));
    return indent + (first.stripLeading().startsWith("- ") ? "- " + slot : slot + ": 0");
  }

  private static boolean uses(List<Part> parts, String variable) {
    return parts.toString().contains(variable);
  }

  /** What stands inside of a line. */
  private Term inline(Part part, GoPipeline scope) {
    if (part instanceof Value value) {
      return scope.term(value.pipeline());
    }
    if (part instanceof If branch) {
      return new Term(scope.term(branch.condition()).asCondition() + " ? " + concatenated(branch.then(), scope).part()
          + " : " + concatenated(branch.otherwise(), scope).part(), Type.TEXT);
    }
    var range = (Range) part;
    Matcher clause = CLAUSE.matcher(range.clause());
    if (!clause.matches()
        || clause.group(1) != null && clause.group(2) != null && uses(range.body(), clause.group(1))) {
      throw new Unconvertible("{{ range " + range.clause() + " }} has no counterpart");
    }
    var value = clause.group(2) != null ? clause.group(2) : clause.group(1);
    var item = value == null ? "item" : value.substring(1);
    var inner = scope.inside(value == null ? Map.of() : Map.of(value, Term.any(item)), Term.any(item));
    return Term.text(scope.term(clause.group(3)).part() + ".map(" + item + ", "
        + concatenated(range.body(), inner).asText() + ").join('')");
  }

  private Term concatenated(List<Part> parts, GoPipeline scope) {
    if (parts.size() == 1 && parts.get(0) instanceof Value one) {
      return scope.term(one.pipeline());
    }
    return parts.isEmpty()
        ? Term.text("''")
        : Term.text(parts.stream().map(part -> part instanceof Text text
            ? Term.quoted(text.text())
            : new Term(inline(part, scope).asText(), Type.TEXT).part()).collect(Collectors.joining(" + ")));
  }

  private static Node compose(String text) {
    try {
      var node = KubectlYaml.reader(KubectlYaml.FILE).compose(new StringReader(text));
      if (node == null) {
        throw new Unconvertible("an empty document");
      }
      return node;
    } catch (YAMLException e) {
      throw new Unconvertible("not valid YAML without its template actions: "
          + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  private Object value(Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().anyMatch(item -> linesOf(item) != null)
          ? "${" + cel(sequence) + "}"
          : sequence.getValue().stream().map(this::value).toList();
    }
    if (node instanceof MappingNode mapping) {
      var conditional = mapping.getValue().stream().map(entry -> linesOf(entry.getKeyNode()))
          .filter(lines -> lines != null).toList();
      if (conditional.size() == 1 && conditional.get(0).condition() != null) {
        return "${" + cel(mapping) + "}";
      }
      Map<String, Object> map = new LinkedHashMap<>();
      mapping.getValue().forEach(entry -> {
        var lines = linesOf(entry.getKeyNode());
        if (lines == null) {
          map.put(keyText(entry.getKeyNode()), value(entry.getValueNode()));
        } else {
          if (lines.list() != null) {
            throw new Unconvertible("a {{ range }} that produces keys of a map has no counterpart");
          }
          todo.accept("the keys " + keys(lines.then())
              + " are inside an {{ if }}, among other keys of their map; they are converted as if they were always "
              + "present");
          if (value(lines.then()) instanceof Map<?, ?> inner) {
            inner.forEach((key, item) -> map.put((String) key, item));
          }
        }
      });
      return map;
    }
    return scalar((ScalarNode) node);
  }

  private static String keys(Node node) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream().map(entry -> entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?")
            .collect(Collectors.joining(", "))
        : "inside";
  }

  private String keyText(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw new Unconvertible("a key that is not text has no counterpart");
    }
    var key = scalar.getValue();
    if (SLOT.matcher(key).find()) {
      throw new Unconvertible("a key that a template action produces has no counterpart: " + restored(key));
    }
    return key;
  }

  private String restored(String text) {
    return SLOT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
        slots.get(Integer.parseInt(found.group(1))) instanceof Inline inline
            ? "${" + inline.term().cel() + "}"
            : "..."));
  }

  private Object scalar(ScalarNode node) {
    var text = node.getValue();
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    Matcher whole = SLOT.matcher(text);
    if (whole.matches()) {
      var term = term(whole.group(1));
      return "${" + (plain ? term.cel() : term.asText()) + "}";
    }
    if (!SLOT.matcher(text).find()) {
      return plain ? literal(text) : escaped(text);
    }
    return IN_TEXT.matcher(escaped(text)).replaceAll(found -> Matcher.quoteReplacement(
        "${" + term(found.group(1)).cel() + "}"));
  }

  /** What a word in a text stands for; lines of a text are a text, too. */
  private Term term(String slot) {
    if (slots.get(Integer.parseInt(slot)) instanceof Inline inline) {
      return inline.term();
    }
    var lines = (Lines) slots.get(Integer.parseInt(slot));
    return inline(withoutIndent(lines.part(), lines.thenText()), lines.scope());
  }

  /** The lines of a text begin where those around them do. */
  private static Part withoutIndent(Part part, String body) {
    var first = body.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    var indent = "\n" + first.substring(0, first.length() - first.stripLeading().length());
    return part instanceof If branch
        ? new If(branch.condition(), withoutIndent(branch.then(), indent), withoutIndent(branch.otherwise(), indent))
        : new Range(((Range) part).clause(), withoutIndent(((Range) part).body(), indent));
  }

  private static List<Part> withoutIndent(List<Part> parts, String indent) {
    var result = new ArrayList<Part>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Text text) {
        var kept = text.text().replace(indent, "\n");
        kept = i == 0 ? kept.replaceFirst("^\\s*\n", "") : kept;
        result.add(new Text(i == parts.size() - 1 ? kept.stripTrailing() : kept));
      } else {
        result.add(parts.get(i));
      }
    }
    return result;
  }

  private static Object literal(String text) {
    var value = KubectlScalars.value(text);
    return value instanceof String literal ? escaped(literal) : value;
  }

  private Lines linesOf(Node node) {
    if (node instanceof ScalarNode scalar) {
      Matcher whole = SLOT.matcher(scalar.getValue());
      return whole.matches() && slots.get(Integer.parseInt(whole.group(1))) instanceof Lines lines ? lines : null;
    }
    return null;
  }

  /** A tree as CEL. */
  private String cel(Node node) {
    if (node instanceof SequenceNode sequence) {
      return list(sequence);
    }
    if (node instanceof MappingNode mapping) {
      return map(mapping);
    }
    var scalar = (ScalarNode) node;
    var text = scalar.getValue();
    boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    Matcher whole = SLOT.matcher(text);
    if (whole.matches()) {
      var term = term(whole.group(1));
      return plain ? term.cel() : term.asText();
    }
    if (!SLOT.matcher(text).find()) {
      return Term.literal(plain ? KubectlScalars.value(text) : text);
    }
    var parts = new ArrayList<String>();
    Matcher matcher = IN_TEXT.matcher(text);
    int at = 0;
    while (matcher.find()) {
      if (matcher.start() > at) {
        parts.add(Term.quoted(text.substring(at, matcher.start())));
      }
      parts.add(new Term(term(matcher.group(1)).asText(), Type.TEXT).part());
      at = matcher.end();
    }
    if (at < text.length()) {
      parts.add(Term.quoted(text.substring(at)));
    }
    return String.join(" + ", parts);
  }

  private String list(SequenceNode sequence) {
    var pieces = new ArrayList<String>();
    var literal = new ArrayList<String>();
    for (Node item : sequence.getValue()) {
      var lines = linesOf(item);
      if (lines == null) {
        literal.add(cel(item));
        continue;
      }
      if (!literal.isEmpty()) {
        pieces.add("[" + String.join(", ", literal) + "]");
        literal.clear();
      }
      pieces.add(items(lines));
    }
    if (!literal.isEmpty() || pieces.isEmpty()) {
      pieces.add("[" + String.join(", ", literal) + "]");
    }
    return String.join(" + ", pieces);
  }

  private String items(Lines lines) {
    if (!(lines.then() instanceof SequenceNode then)) {
      throw new Unconvertible("an {{ if }} or {{ range }} that does not hold items of one list has no counterpart");
    }
    if (lines.condition() != null) {
      return "(" + lines.condition() + " ? " + cel(then) + " : "
          + (lines.otherwise() == null ? "[]" : cel(lines.otherwise())) + ")";
    }
    return then.getValue().size() == 1 && linesOf(then.getValue().get(0)) == null
        ? lines.list().part() + ".map(" + lines.item() + ", " + cel(then.getValue().get(0)) + ")"
        : lines.list().part() + ".map(" + lines.item() + ", " + cel(then) + ").flatten()";
  }

  /** A map of which some keys are there under a condition: one map or the other. */
  private String map(MappingNode mapping) {
    var lines = mapping.getValue().stream().map(entry -> linesOf(entry.getKeyNode())).filter(one -> one != null)
        .findFirst().orElse(null);
    if (lines == null) {
      return "{" + entries(mapping, null) + "}";
    }
    if (lines.condition() == null) {
      throw new Unconvertible("a {{ range }} that produces keys of a map has no counterpart");
    }
    return lines.condition() + " ? {" + entries(mapping, lines.then()) + "} : {" + entries(mapping, lines.otherwise())
        + "}";
  }

  private String entries(MappingNode mapping, Node inserted) {
    return mapping.getValue().stream().map(entry -> linesOf(entry.getKeyNode()) == null
        ? Term.quoted(keyText(entry.getKeyNode())) + ": " + cel(entry.getValueNode())
        : inserted instanceof MappingNode more ? entries(more, null) : "")
        .filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
  }
}
