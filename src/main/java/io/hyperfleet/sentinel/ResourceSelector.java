package io.hyperfleet.sentinel;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Label selector for the resources that this Sentinel handles; all resources if empty. It is only a filter: resources
 * that no Sentinel selects get no events, and those that two select are handled by both.
 */
record ResourceSelector(List<Label> labels) {

  private static final Pattern KEY = Pattern
      .compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  /**
   * A label and its required value.
   *
   * @param label Key of the label; required.
   * @param value Required value; required.
   */
  public record Label(String label, String value) {}

  /** @throws IllegalArgumentException when a key or a value cannot be one of a label */
  static ResourceSelector of(List<Label> labels) {
    for (int i = 0; i < labels.size(); i++) {
      var key = "hyperfleet.sentinel.resource-selector[" + i + "]";
      check(KEY, labels.get(i).label(), key + ".label", "a label's key such as region or example.com/shard");
      check(VALUE, labels.get(i).value(), key + ".value", "a label's value of letters, digits, '-', '_' and '.'");
    }
    return new ResourceSelector(List.copyOf(labels));
  }

  private static void check(Pattern pattern, String value, String key, String allowed) {
    if (value == null || !pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(key + ": '" + value + "' is not " + allowed);
    }
  }

  boolean isEmpty() {
    return labels.isEmpty();
  }

  /** The selector in the API's search language. */
  String search() {
    return labels.stream().map(label -> "labels.`" + label.label() + "` = '" + label.value() + "'")
        .collect(Collectors.joining(" and "));
  }

  /** The selector as metrics show it: {@code all}, or {@code label:value,label:value}. */
  @Override
  public String toString() {
    return isEmpty()
        ? "all"
        : labels.stream().map(label -> label.label() + ":" + label.value()).collect(Collectors.joining(","));
  }
}
