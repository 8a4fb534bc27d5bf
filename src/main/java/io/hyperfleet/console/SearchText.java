package io.hyperfleet.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Builds searches for the API; given text is quoted. */
final class SearchText {

  private final List<String> parts = new ArrayList<>();

  SearchText and(String condition) {
    parts.add(condition);
    return this;
  }

  /** Resources with a text in their name, or as their id; {@code %} and {@code _} are wildcards, as in the API. */
  SearchText named(String text) {
    return and("(name ilike " + quoted("%" + text + "%") + (isId(text) ? " or id = " + quoted(text) : "") + ")");
  }

  /** Those with a label: {@code key=value}, or only that there is the key. */
  SearchText labelled(String label) {
    int at = label.indexOf('=');
    var field = "labels.`" + (at < 0 ? label : label.substring(0, at)).strip().replace("`", "") + "`";
    return and(at < 0 ? field + " is not null" : field + " = " + quoted(label.substring(at + 1).strip()));
  }

  SearchText among(Collection<String> ids) {
    return and(ids.stream().map(SearchText::quoted).collect(Collectors.joining(", ", "id in (", ")")));
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static boolean isId(String text) {
    return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }

  /** The search; empty when it has no condition. */
  @Override
  public String toString() {
    return String.join(" and ", parts);
  }
}
