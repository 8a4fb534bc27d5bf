package io.hyperfleet.api;

import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.resource.ListQuery;
import io.hyperfleet.resource.ResourceLists;
import io.hyperfleet.status.Phase;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the query parameters of one request, with the earlier names pageSize and orderBy. Blank means not given. */
final class QueryParameters {

  static final int MAX_PAGE = 100_000;
  static final int MAX_SIZE = 100;
  private static final int DEFAULT_SIZE = 20;
  private static final Pattern ORDER = Pattern.compile("([a-z_][a-z0-9_]*)(?:\\s+(asc|desc))?");
  private static final Set<String> PLANNED = Set.of("search", "fields", "after");

  private final HttpServletRequest request;

  /**
   * Looks at a request.
   *
   * @throws Problem {@code BAD_REQUEST} for a parameter that the contract knows and this version does not
   */
  QueryParameters(HttpServletRequest request) {
    this.request = request;
    PLANNED.stream().filter(name -> text(name) != null).findFirst().ifPresent(name -> {
      throw new Problem(ProblemCode.BAD_REQUEST, "query parameter '" + name + "' is not supported");
    });
  }

  /** The first value that is not blank under any of the names, trimmed; else null. */
  String text(String... names) {
    return Arrays.stream(names)
        .map(request::getParameter)
        .filter(value -> value != null && !value.isBlank())
        .map(String::trim)
        .findFirst().orElse(null);
  }

  int page() {
    return integer("page", 1, MAX_PAGE, 1);
  }

  int size() {
    return size(MAX_SIZE, DEFAULT_SIZE);
  }

  int size(int max, int otherwise) {
    return integer(text("size") == null ? "pageSize" : "size", 1, max, otherwise);
  }

  /** A parameter that is true or false; null when it is not given. */
  Boolean flag(String name) {
    var value = text(name);
    if (value == null || value.equals("true") || value.equals("false")) {
      return value == null ? null : Boolean.valueOf(value);
    }
    throw wrong(name, value, "must be true or false", "enum");
  }

  /** A parameter with a choice of values; null when it is not given. */
  String choice(String name, List<String> allowed) {
    var value = text(name);
    if (value == null || allowed.contains(value)) {
      return value;
    }
    throw wrong(name, value, "must be one of " + String.join(", ", allowed), "enum");
  }

  /**
   * The phase that {@code status}, {@code status!} (as in {@code ?status!=Ready}) or {@code phase} asks for, or null.
   */
  Phase phase() {
    Phase wanted = null;
    for (String name : List.of("status", "status!", "phase", "phase!")) {
      var value = text(name);
      if (value != null) {
        var phase = phase(name, value);
        if (wanted != null && wanted != phase) {
          throw wrong(name, value, "contradicts another filter", null);
        }
        wanted = phase;
      }
    }
    return wanted;
  }

  private static Phase phase(String name, String value) {
    var phase = Phase.of(value);
    if (phase == null) {
      throw wrong(name, value, "must be one of Ready, NotReady, Validated", "enum");
    }
    if (name.endsWith("!")) {
      return phase == Phase.READY ? Phase.NOT_READY : Phase.READY;
    }
    return phase;
  }

  /** The order of a list; ends with the id, so that pages are stable. */
  List<ListQuery.Order> order() {
    var orders = new ArrayList<ListQuery.Order>();
    orderTexts().flatMap(text -> Arrays.stream(text.split(","))).map(String::trim)
        .filter(text -> !text.isEmpty()).map(QueryParameters::order).forEach(orders::add);
    if (orders.isEmpty()) {
      orders.add(new ListQuery.Order("created_time", true));
    }
    if (orders.stream().noneMatch(order -> order.column().equals("id"))) {
      orders.add(new ListQuery.Order("id", false));
    }
    return orders;
  }

  private Stream<String> orderTexts() {
    var column = text("orderBy");
    var direction = text("order");
    if (column != null) {
      return Stream.of(column + (direction == null || column.contains(" ") ? "" : " " + direction));
    }
    var values = request.getParameterValues("order");
    return values == null ? Stream.empty() : Arrays.stream(values);
  }

  private static ListQuery.Order order(String text) {
    var matcher = ORDER.matcher(text);
    if (!matcher.matches()) {
      throw new Problem(ProblemCode.BAD_REQUEST, "invalid order format '" + text + "': must be a column, followed by "
          + "asc or desc if wanted");
    }
    if (!ResourceLists.ORDER_COLUMNS.contains(matcher.group(1))) {
      throw new Problem(ProblemCode.BAD_REQUEST, "unknown column '" + matcher.group(1) + "' in order");
    }
    return new ListQuery.Order(matcher.group(1), "desc".equals(matcher.group(2)));
  }

  private int integer(String name, int min, int max, int otherwise) {
    var text = text(name);
    if (text == null) {
      return otherwise;
    }
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong(name, text, "must be a whole number", "format");
    }
    if (value < min) {
      throw wrong(name, text, "must be at least " + min, "min");
    }
    if (value > max) {
      throw wrong(name, text, "must be at most " + max, "max");
    }
    return (int) value;
  }

  private static Problem wrong(String name, String value, String rule, String constraint) {
    return Problem.invalid(new FieldError(name, name + " " + rule, value, constraint));
  }
}
