package io.hyperfleet.dryrun.convert;

import java.util.Map;
import java.util.regex.Pattern;

/** Removes from CEL what is constant once the data of the run are replaced. */
final class Simplified {

  private static final Map<Pattern, String> RULES = Map.of(
      Pattern.compile("\\(\\{'items': ([a-z_.]+)}\\)\\.items"), "$1",
      Pattern.compile("'success' == [\"']success[\"']"), "true",
      Pattern.compile("'success' != [\"']success[\"']|'success' == [\"']failed[\"']|!true"), "false",
      Pattern.compile("!false"), "true",
      Pattern.compile("\\btrue && |(?<![|] ?)\\bfalse \\|\\| "), "",
      Pattern.compile(" && true\\b| \\|\\| false\\b"), "",
      Pattern.compile("^false \\? (?:\"[^\"]*\"|'[^']*') : (.*)$"), "$1",
      Pattern.compile("^true \\? ([^?]*) : (?:\"[^\"]*\"|'[^']*')$"), "$1");

  /** {@code x ? "True" : "False"} of which only whether it is True is asked. */
  private static final Pattern CHOICE = Pattern.compile("(.*) \\? [\"']True[\"'] : [\"'](?:False|Unknown)[\"']");

  private Simplified() {}

  static String of(String cel) {
    var text = cel;
    while (true) {
      var next = text;
      for (var rule : RULES.entrySet()) {
        next = rule.getKey().matcher(next).replaceAll(rule.getValue());
      }
      if (next.equals(text)) {
        return text;
      }
      text = next;
    }
  }

  /** Whether an expression yields the text True. */
  static String isTrue(String cel) {
    var choice = CHOICE.matcher(cel);
    return choice.matches() && !choice.group(1).contains(" ? ")
        ? choice.group(1)
        : Term.any(cel).part() + " == 'True'";
  }
}
