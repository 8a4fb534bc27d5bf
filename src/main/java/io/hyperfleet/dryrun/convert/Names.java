package io.hyperfleet.dryrun.convert;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the names of an adapter's parameters and captures are here, and its CEL with them replaced. */
final class Names {

  private static final Pattern BOUND = Pattern.compile(
      "\\.(?:filter|map|all|exists|exists_one|existsOne|sortBy|optMap|optFlatMap)\\(\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*,");
  /** {@code adapter} is the framework's data about the run; whether it may be absent makes no difference. */
  private static final Pattern OF_THE_RUN = Pattern.compile("(?<![A-Za-z0-9_.?])adapter\\.\\??"
      + "(executionStatus|resourcesSkipped|skipReason|errorReason|errorMessage)"
      + "(?:\\.orValue\\((?:\"[^\"]*\"|'[^']*'|true|false)\\))?");
  private static final Pattern ERROR_PART = Pattern.compile("(?<![A-Za-z0-9_.?])adapter\\.\\?executionError\\.\\?"
      + "(?:phase|step|message)\\.orValue\\(");

  private final Map<String, Term> terms;

  Names() {
    this(Map.of());
  }

  private Names(Map<String, Term> terms) {
    this.terms = new HashMap<>(terms);
  }

  /** The same names, to which more can be given. */
  Names copy() {
    return new Names(terms);
  }

  void put(String name, Term term) {
    terms.put(name, term);
  }

  Optional<Term> find(String name) {
    return Optional.ofNullable(terms.get(name));
  }

  /** An expression asked while all goes well. */
  String cel(String source) {
    return cel(source, Map.of("executionStatus", "'success'", "resourcesSkipped", "false", "skipReason", "''",
        "errorReason", "''", "errorMessage", "''"));
  }

  /** An expression asked for every report, which is seen as {@code report}. */
  String celOfReport(String source) {
    return cel(source, Map.of("executionStatus", "(report.Health.status == 'True' ? 'success' : 'failed')",
        "resourcesSkipped", "(report.Applied.reason == 'PreconditionsNotMet')", "skipReason", "report.message",
        "errorReason", "report.Health.reason", "errorMessage", "report.message"));
  }

  private String cel(String source, Map<String, String> run) {
    var text = OF_THE_RUN.matcher(source.strip()).replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
        run.get(found.group(1))));
    text = ERROR_PART.matcher(text).replaceAll("(");
    var replaced = new Scanner(text, bound(text)).run();
    var whole = terms.get(text);
    return whole == null ? Simplified.of(replaced) : whole.cel();
  }

  private static Set<String> bound(String text) {
    var bound = new HashSet<String>();
    var matcher = BOUND.matcher(text);
    while (matcher.find()) {
      bound.add(matcher.group(1));
    }
    return bound;
  }

  /** Goes over CEL: strings stay as they are, names at the beginning of a path are replaced, white space is folded. */
  private final class Scanner {

    private final String text;
    private final Set<String> bound;
    private final StringBuilder out = new StringBuilder();
    private int at;

    Scanner(String text, Set<String> bound) {
      this.text = text;
      this.bound = bound;
    }

    String run() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
          string(c);
        } else if (text.startsWith("//", at)) {
          int end = text.indexOf('\n', at);
          at = end < 0 ? text.length() : end;
        } else if (Character.isWhitespace(c)) {
          if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
          }
          at++;
        } else if (Character.isLetter(c) || c == '_') {
          name();
        } else if (Character.isDigit(c)) {
          number();
        } else {
          out.append(c);
          at++;
        }
      }
      return out.toString().strip();
    }

    private void number() {
      while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        out.append(text.charAt(at++));
      }
    }

    private void string(char quote) {
      var close = text.startsWith(String.valueOf(quote).repeat(3), at)
          ? String.valueOf(quote).repeat(3)
          : String.valueOf(quote);
      int end = at + close.length();
      while (end < text.length() && !text.startsWith(close, end)) {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      end = Math.min(text.length(), end + close.length());
      out.append(text, at, end);
      at = end;
    }

    private void name() {
      int end = at;
      while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
        end++;
      }
      var name = text.substring(at, end);
      at = end;
      var before = out.toString().stripTrailing();
      boolean field = before.endsWith(".") || before.endsWith(".?");
      boolean call = text.substring(end).stripLeading().startsWith("(");
      boolean prefix = end < text.length() && (text.charAt(end) == '\'' || text.charAt(end) == '"');
      var term = field || call || prefix || bound.contains(name) ? null : terms.get(name);
      out.append(term == null ? name : term.part());
    }
  }
}
