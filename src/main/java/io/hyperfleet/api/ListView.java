package io.hyperfleet.api;

import java.util.List;

/**
 * A page of a list in responses.
 *
 * @param size how many items there are on this page
 * @param total how many there are on all pages
 */
record ListView<T>(int page, int size, long total, List<T> items) {

  static <T> ListView<T> of(int page, List<T> items, long total) {
    return new ListView<>(page, items.size(), total, items);
  }
}
