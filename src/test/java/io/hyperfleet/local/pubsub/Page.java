package io.hyperfleet.local.pubsub;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A page of a list that is sorted by name.
 *
 * @param items the items of this page
 * @param nextToken what asks for the next page: the last name of this one; empty when this is the last
 */
record Page<T>(List<T> items, String nextToken) {

  private static final int MAX_SIZE = 1_000;

  static <T> Page<T> of(Stream<T> sorted, Function<T, String> name, int size, String token) {
    if (size < 0) {
      throw Refusals.invalid("page_size must not be negative");
    }
    int limit = size == 0 ? MAX_SIZE : Math.min(size, MAX_SIZE);
    var rest = sorted.filter(item -> name.apply(item).compareTo(token) > 0).limit(limit + 1L).toList();
    if (rest.size() <= limit) {
      return new Page<>(rest, "");
    }
    var items = rest.subList(0, limit);
    return new Page<>(items, name.apply(items.get(limit - 1)));
  }
}
