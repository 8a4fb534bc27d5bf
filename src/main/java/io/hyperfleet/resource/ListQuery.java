package io.hyperfleet.resource;

import io.hyperfleet.status.Phase;
import java.util.List;

/**
 * Which resources of a kind to list, in which order.
 *
 * @param phase null for every phase
 * @param order never empty
 * @param page from 1
 * @param size resources a page
 */
public record ListQuery(Phase phase, List<Order> order, int page, int size) {

  /**
   * One part of an order.
   *
   * @param column one of {@link ResourceLists#ORDER_COLUMNS}
   */
  public record Order(String column, boolean descending) {

    String sql() {
      return "r." + column + (descending ? " desc" : "");
    }
  }

  long offset() {
    return (page - 1L) * size;
  }
}
