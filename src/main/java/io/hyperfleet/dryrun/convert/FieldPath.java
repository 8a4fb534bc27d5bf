package io.hyperfleet.dryrun.convert;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts dotted paths and JSONPath to CEL; absent values are null. */
final class FieldPath {

  private static final String STATUSES = "{'items': ";
  private static final Pattern OF_ADAPTER = Pattern
      .compile("\\.?items\\[\\?\\(@\\.adapter\\s*==\\s*['\"]([^'\"]+)['\"]\\)]\\.(.+)");
  private static final Pattern OF_CONDITION = Pattern
      .compile(
          "conditions\\[\\?\\(@\\.type\\s*==\\s*['\"]([^'\"]+)['\"]\\)]\\.(status|reason|message|last_transition_time)");
  private static final Pattern FILTER = Pattern
      .compile("(.*?)\\[\\?\\(@\\.([\\w.]+)\\s*==\\s*['\"]([^'\"]*)['\"]\\)](?:\\.(.+))?");
  private static final Pattern PLAIN = Pattern.compile("\\.?[\\w-]+(?:\\.[\\w-]+|\\[\\d+])*");

  private FieldPath() {}

  /**
   * What stands at a path below a value.
   *
   * @throws Unconvertible when the path uses what has no counterpart
   */
  static Term term(Term root, String path) {
    var bare = path.startsWith("{") ? path.replaceFirst("^\\{\\.?", "").replaceFirst("}$", "") : path;
    if (root.cel().startsWith(STATUSES)) {
      Matcher adapter = OF_ADAPTER.matcher(bare);
      if (adapter.matches()) {
        return ofAdapter(adapter.group(1), adapter.group(2));
      }
    }
    Matcher filter = FILTER.matcher(bare);
    if (filter.matches()) {
      var list = filter.group(1).isEmpty() ? root.part() : dig(root, filter.group(1)).cel();
      var one = "(" + list + ").filter(i, dig(i, " + Term.quoted(filter.group(2)) + ") == "
          + Term.quoted(filter.group(3)) + ")[?0].orValue(null)";
      return filter.group(4) == null ? Term.any(one) : dig(Term.any(one), filter.group(4));
    }
    if (!PLAIN.matcher(bare).matches()) {
      throw new Unconvertible("the path " + path + " has no counterpart");
    }
    var keys = bare.replaceFirst("^\\.", "");
    if (bare.contains("[") || root.cel().contains("(")) {
      return dig(root, bare);
    }
    return keys.contains(".") ? root.at(Arrays.asList(keys.split("\\.")), null) : root.at(List.of(keys));
  }

  private static Term ofAdapter(String name, String rest) {
    var adapter = "adapters[" + Term.quoted(name) + "]";
    Matcher condition = OF_CONDITION.matcher(rest);
    if (condition.matches()) {
      return Term.text(adapter + ".conditions.?" + condition.group(1) + ".?" + condition.group(2) + ".orValue('')");
    }
    if (rest.startsWith("data.") && PLAIN.matcher(rest).matches()) {
      return dig(Term.any(adapter + ".data"), rest.substring("data.".length()));
    }
    throw new Unconvertible(rest + " of the adapter " + name + " has no counterpart; there are data and conditions");
  }

  private static Term dig(Term root, String path) {
    var dotted = path.replaceAll("\\[(\\d+)]", ".$1").replaceFirst("^\\.", "");
    return Term.any("dig(" + root.cel() + ", " + Term.quoted(dotted) + ")");
  }
}
