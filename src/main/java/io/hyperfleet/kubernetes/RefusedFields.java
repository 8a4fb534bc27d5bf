package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Explains which fields of a request Kubernetes rejected, and why. Kubernetes' own messages repeat values of these
 * fields, possibly a whole pod with its environment; these messages never do.
 */
final class RefusedFields {

  private static final int MOST = 10;
  private static final int LONGEST = 300;
  private static final String SEVERAL = "errors:\n";
  /**
   * The API server makes an object that is too large for its store once more, and then a Job has labels of the first
   * time.
   */
  private static final Pattern MADE_TWICE = Pattern.compile("spec\\.selector: `selector` not auto-generated");
  private static final String FIELD_MANAGER = "FieldManagerConflict";
  /** Beginning of a response with code 500 to a request that does not fit the schema. */
  private static final Pattern UNFIT = Pattern
      .compile("failed to (?:create typed patch object|convert (?:new|merged|to) [a-z ]*?)"
          + " ?\\((?<object>[^;)]*)(?:;[^)]*Kind=(?<kind>[^)]*))?\\)[a-z ]*: ?(?<problems>.*)", Pattern.DOTALL);
  private static final Pattern PROBLEM = Pattern
      .compile("\\s*(?:(?<path>[.\\[].{0,2000}?): )?(?<what>field not declared in schema"
          + "|expected (?:string|boolean|numeric \\(int or float\\)|any scalar|list|map)(?:, got .*)?|duplicate entries for key.*"
          + "|associative list .*)", Pattern.DOTALL);
  private static final Pattern OTHER = Pattern.compile("\\s*[.\\[]");
  private static final Pattern ITEM_OF_A_SET = Pattern.compile("\\[=(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\]]*)\\]");
  private static final Pattern EXPECTED = Pattern.compile("(expected .*?)(?:, got (.*))?", Pattern.DOTALL);
  private static final Pattern UNMARSHAL = Pattern.compile(
      "json: cannot unmarshal (\\w+)(?: \\S+)? into Go struct field \\w+\\.(\\S+) of type (\\S+)");
  /** Of a port or a share: int32, or text. */
  private static final Pattern UNMARSHAL_VALUE = Pattern
      .compile("json: cannot unmarshal (\\w+)(?: \\S+)? into Go value of type int32");
  private static final Pattern UNCONVERTED = Pattern
      .compile("unable to convert unstructured object to [^ ]+, Kind=\\w+: (?:error decoding from json: )?");
  private static final Pattern HANDLED = Pattern
      .compile("(\\w+) in version \"[^\"]*\" cannot be handled as an? \\w+: ");
  private static final Pattern PARSED = Pattern.compile("parsing (time )?\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern CONTEXT = Pattern.compile(",? error found in #\\d+ byte of .*", Pattern.DOTALL);

  private static final Pattern IMMUTABLE = Pattern
      .compile("(?i)immutable|(may|can|must) ?not (be )?(changed?|updated?|modified|edited)\\b"
          + "|fields other than|once set|cannot change|not allowed to change|updates to .* are forbidden");

  private RefusedFields() {}

  /** In words, if the response names fields. */
  static Optional<String> describe(Status status) {
    if (status == null || status.getMessage() == null) {
      return Optional.empty();
    }
    var causes = causes(status);
    if (causes.stream().anyMatch(cause -> MADE_TWICE.matcher(cause.getField() + ": " + reason(cause)).matches())) {
      return Optional.of(object(status) + " is too large: Kubernetes stores at most 1.5 MiB per object");
    }
    if (!causes.isEmpty()) {
      var conflict = causes.stream().anyMatch(cause -> FIELD_MANAGER.equals(cause.getReason()));
      return Optional.of((conflict ? "Apply failed: " : object(status) + " is invalid: ")
          + list(causes.stream().map(RefusedFields::words)));
    }
    var unfit = UNFIT.matcher(status.getMessage());
    if (unfit.matches()) {
      return Optional.of(object(unfit.group("kind"), unfit.group("object")) + " does not fit its schema: "
          + list(problems(unfit.group("problems"))));
    }
    return Integer.valueOf(400).equals(status.getCode())
        ? Optional.of(shortened(undecodable(status.getMessage())))
        : Optional.empty();
  }

  /** Whether an answer of the code 500 says that the request does not fit the schema. */
  static boolean isUnfit(String message) {
    return UNFIT.matcher(message).matches();
  }

  /** Whether an immutable field is among them. */
  static boolean isImmutable(Status status) {
    return status != null && causes(status).stream().anyMatch(cause -> IMMUTABLE.matcher(reason(cause)).find());
  }

  private static List<StatusCause> causes(Status status) {
    // What is forbidden says it in its message, and a cause without a field repeats that, of an admission policy or of
    // a failure.
    return Integer.valueOf(403).equals(status.getCode()) || status.getDetails() == null
        || status.getDetails().getCauses() == null
            ? List.of()
            : status.getDetails().getCauses().stream()
                .filter(cause -> cause.getMessage() != null && cause.getField() != null).toList();
  }

  private static String words(StatusCause cause) {
    var field = cause.getField() == null ? "" : redacted(cause.getField()) + ": ";
    return field + shortened(reason(cause));
  }

  /** The problem, without the bad value and without further lines. */
  private static String reason(StatusCause cause) {
    return RefusedValue.without(cause.getMessage()).lines().findFirst().orElse("").strip();
  }

  private static Stream<String> problems(String text) {
    var lines = text.startsWith(SEVERAL)
        ? text.substring(SEVERAL.length()).lines().toList()
        : text.lines().limit(1).toList();
    var known = new ArrayList<String>();
    boolean inValue = false;
    for (var line : lines) {
      var problem = PROBLEM.matcher(ITEM_OF_A_SET.matcher(line).replaceAll("[...]"));
      if (!inValue && problem.matches()) {
        known.add((problem.group("path") == null ? "" : redacted(problem.group("path")) + ": ")
            + what(problem.group("what")));
        inValue = line.contains(", got &");
      }
      inValue = inValue && !line.endsWith("}");
    }
    return known.isEmpty()
        ? Stream.of(lines.isEmpty() || OTHER.matcher(lines.get(0)).lookingAt()
            ? "it does not match the schema"
            : shortened(undecodable(lines.get(0))))
        : known.stream();
  }

  private static String what(String problem) {
    var expected = EXPECTED.matcher(problem);
    return expected.matches() ? expected.group(1) + got(expected.group(2)) : shortened(redacted(problem));
  }

  /** Type of the value, derived from its form in Go. */
  private static String got(String printed) {
    if (printed == null) {
      return "";
    }
    var value = printed.replaceFirst("^&(?:value\\.valueUnstructured)?\\{(?:Value:)?", "");
    if (value.matches("-?[0-9].*\\}")) {
      return ", got a number: put it in quotes";
    }
    if (value.matches("(true|false)\\}")) {
      return ", got a boolean: put it in quotes";
    }
    return value.startsWith("map[")
        ? ", got a map"
        : value.startsWith("[")
            ? ", got a list"
            : value.equals("string") || value.startsWith("\"")
                ? ", got text"
                : value.equals("bool") ? ", got a boolean" : "";
  }

  private static String undecodable(String message) {
    var text = CONTEXT.matcher(HANDLED.matcher(message).replaceAll("$1: ")).replaceAll("");
    var typed = UNMARSHAL_VALUE.matcher(UNMARSHAL.matcher(text).replaceAll("$2: expected $3, got $1"))
        .replaceAll("expected a whole number or text, got $1");
    return PARSED.matcher(UNCONVERTED.matcher(typed).replaceAll("")).replaceAll("cannot parse a $1value")
        .replaceAll("cannot convert float64 to int(32|64)", "expected a whole number (int$1), got one with a fraction")
        .replace("illegal base64 data", "invalid base64")
        .replaceFirst("^quantities must match", "a quantity must match");
  }

  private static String object(Status status) {
    return object(status.getDetails().getKind(), status.getDetails().getName());
  }

  private static String object(String kind, String name) {
    var named = name == null ? "" : name.substring(name.lastIndexOf('/') + 1);
    return kind == null || kind.isEmpty() ? "The object" : named.isEmpty() ? kind : kind + " " + named;
  }

  private static String list(Stream<String> problems) {
    var all = problems.distinct().toList();
    return all.stream().limit(MOST).collect(Collectors.joining("; "))
        + (all.size() > MOST ? "; and " + (all.size() - MOST) + " more" : "");
  }

  /** The items of a list that has no keys are values themselves. */
  private static String redacted(String path) {
    return shortened(ITEM_OF_A_SET.matcher(path).replaceAll("[...]"));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
