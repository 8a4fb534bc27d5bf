package io.hyperfleet.resource.list;

import java.util.List;

/**
 * A query for a list: page, order and reports.
 *
 * @param order never empty
 * @param page from 1
 * @param size resources a page
 * @param reports whether to include the reports of adapters
 */
public record ListQuery(ListFilter filter, List<Order> order, int page, int size, boolean reports) {

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
