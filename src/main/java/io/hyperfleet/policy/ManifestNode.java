package io.hyperfleet.policy;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A value of a manifest with its path. Absent values are null, as in Kubernetes; results of expressions are
 * {@link Unknown}, and so are values below them.
 */
record ManifestNode(ManifestNode parent, String key, int index, Object value) {

  private static final int LONGEST = 60;
  private static final int LONGEST_PATH = 1000;

  static ManifestNode of(Object object) {
    return new ManifestNode(null, "", 0, object);
  }

  /**
   * The keys and indexes that lead here, put together only when something is wrong: keys can be long and items many.
   */
  String path() {
    var keys = new ArrayDeque<String>();
    int length = 0;
    for (var node = this; node.parent != null && length < LONGEST_PATH; node = node.parent) {
      var step = node.key.isEmpty() ? "[" + node.index + "]" : (node.parent.parent == null ? "" : ".") + node.key;
      keys.push(step.length() > LONGEST_PATH ? step.substring(0, LONGEST_PATH) + "..." : step);
      length += step.length();
    }
    return String.join("", keys);
  }

  /** What stands at a key; a key that is not known yet may be any that is not there. */
  ManifestNode get(String key) {
    if (value instanceof Map<?, ?> map) {
      var found = map.get(key);
      return new ManifestNode(this, key, 0,
          found == null && !map.containsKey(key) && hasUnknownKey() ? Unknown.VALUE : found);
    }
    return new ManifestNode(this, key, 0, isUnknown() ? Unknown.VALUE : null);
  }

  /** What stands at keys below each other. */
  ManifestNode in(String... keys) {
    var node = this;
    for (String key : keys) {
      node = node.get(key);
    }
    return node;
  }

  /** The values of a map, by its keys that are known. */
  List<ManifestNode> values() {
    return value instanceof Map<?, ?> map
        ? map.keySet().stream().filter(String.class::isInstance).map(key -> get((String) key)).toList()
        : List.of();
  }

  List<ManifestNode> items() {
    return value instanceof List<?> list
        ? IntStream.range(0, list.size()).mapToObj(i -> new ManifestNode(this, "", i, list.get(i))).toList()
        : List.of();
  }

  boolean isMap() {
    return value instanceof Map;
  }

  boolean isList() {
    return value instanceof List;
  }

  boolean isAbsent() {
    return value == null;
  }

  boolean isUnknown() {
    return value instanceof Unknown;
  }

  boolean hasKeyOf(Set<String> keys) {
    return value instanceof Map<?, ?> map && !Collections.disjoint(keys, map.keySet());
  }

  boolean hasUnknownKey() {
    if (value instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        if (key instanceof Unknown) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the value is exactly one of these, of the same type. */
  boolean is(Object... values) {
    for (Object one : values) {
      if (one instanceof Integer number && whole() && ((Number) value).longValue() == number || one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value is absent, not known yet, or exactly one of these. */
  boolean mayBe(Object... values) {
    return isAbsent() || isUnknown() || is(values);
  }

  /** Whether the value is an integer of any size. */
  boolean whole() {
    return value instanceof Integer || value instanceof Long
        || value instanceof BigInteger big && big.bitLength() < Long.SIZE;
  }

  boolean startsWith(String prefix) {
    return value instanceof String text && text.startsWith(prefix);
  }

  /** The value for messages, shortened. */
  static String words(Object value) {
    var text = String.valueOf(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
