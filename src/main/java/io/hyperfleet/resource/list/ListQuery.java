package io.hyperfleet.resource.list;

import java.util.List;

/**
 * Which resources to list, in which order.
 *
 * @param order never empty
 * @param page from 1
 * @param size resources a page
 */
public record ListQuery(ListFilter filter, List<Order> order, int page, int size) {

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
