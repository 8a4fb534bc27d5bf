package io.hyperfleet.api;

import io.hyperfleet.id.UuidV7;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.resource.list.ListFilter;
import io.hyperfleet.resource.list.ListQuery;
import io.hyperfleet.resource.list.ResourceLists;
import io.hyperfleet.search.SearchFilter;
import io.hyperfleet.status.Phase;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the query parameters of lists of resources. */
final class ListParameters {

  private static final Pattern ORDER = Pattern.compile("([a-z_][a-z0-9_]*)(?:\\s+(asc|desc))?");

  /**
   * {@code status!=Ready} in a query; with the operator percent-encoded it is parsed as one name.
   */
  private static final Pattern PHASE = Pattern.compile("(?:status|phase)(!?)(?:=(.*))?");

  private final HttpServletRequest request;
  private final QueryParameters parameters;

  ListParameters(HttpServletRequest request, QueryParameters parameters) {
    this.request = request;
    this.parameters = parameters;
  }

  /** The phase and the search. */
  ListFilter filter() {
    return new ListFilter(phase(), SearchFilter.parse(parameters.text("search")));
  }

  /** The id after which a page of all resources starts. */
  UUID after() {
    var text = parameters.text("after");
    var id = text == null ? ResourceLists.FIRST : UuidV7.parse(text);
    if (id == null) {
      throw Problem.invalid(new FieldError("after", "after must be the id of a resource", text, "format"));
    }
    return id;
  }

  /** The order of a list; ends with the id, so that pages are stable. */
  List<ListQuery.Order> order() {
    var orders = new ArrayList<ListQuery.Order>();
    orderTexts().flatMap(text -> Arrays.stream(text.split(","))).map(String::trim)
        .filter(text -> !text.isEmpty()).map(ListParameters::order).forEach(orders::add);
    if (orders.isEmpty()) {
      orders.add(new ListQuery.Order("created_time", true));
    }
    if (orders.stream().noneMatch(order -> order.column().equals("id"))) {
      orders.add(new ListQuery.Order("id", false));
    }
    return orders;
  }

  private Stream<String> orderTexts() {
    var column = parameters.text("orderBy");
    var direction = parameters.text("order");
    if (column != null) {
      return Stream.of(column + (direction == null || column.contains(" ") ? "" : " " + direction));
    }
    var values = request.getParameterValues("order");
    return values == null ? Stream.empty() : Arrays.stream(values);
  }

  private static ListQuery.Order order(String text) {
    var matcher = ORDER.matcher(text);
    if (!matcher.matches()) {
      throw new Problem(ProblemCode.BAD_REQUEST, "invalid order format '" + text + "': must be a column, optionally "
          + "followed by asc or desc");
    }
    if (!ResourceLists.ORDER_COLUMNS.contains(matcher.group(1))) {
      throw new Problem(ProblemCode.BAD_REQUEST, "unknown column '" + matcher.group(1) + "' in order; allowed: "
          + String.join(", ", ResourceLists.ORDER_COLUMNS.stream().sorted().toList()));
    }
    return new ListQuery.Order(matcher.group(1), "desc".equals(matcher.group(2)));
  }

  private Phase phase() {
    Phase wanted = null;
    for (String name : Collections.list(request.getParameterNames())) {
      var matcher = PHASE.matcher(name);
      if (matcher.matches()) {
        var value = matcher.group(2) == null ? parameters.text(name) : matcher.group(2).trim();
        var phase = value == null || value.isEmpty() ? null : phase(name, value, !matcher.group(1).isEmpty());
        if (phase != null && wanted != null && wanted != phase) {
          throw Problem.invalid(new FieldError(name, name + " contradicts another filter", value, null));
        }
        wanted = phase == null ? wanted : phase;
      }
    }
    return wanted;
  }

  private static Phase phase(String name, String value, boolean other) {
    var phase = Phase.of(value);
    if (phase == null) {
      throw Problem.invalid(new FieldError(name, name + " must be one of Ready, NotReady, Validated", value, "enum"));
    }
    return !other ? phase : phase == Phase.READY ? Phase.NOT_READY : Phase.READY;
  }
}
