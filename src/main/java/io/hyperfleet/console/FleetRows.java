package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;

/**
 * Rows of the fleet: resources that are not Ready first, each part in order of creation. A page starts after an id, so
 * that its cost does not depend on its position, and it is stable while resources come and go.
 */
final class FleetRows {

  /** Rows of a page. */
  static final int SIZE = 50;

  /** Number of rows per request if they are filtered here, and maximum number of requests per page. */
  private static final int LOOKED_AT = 100;
  private static final int MOST_LOOKS = 10;
  private static final int BAD_REQUEST = 400;

  private final ConsoleApi api;
  private final ApiCaller caller;
  private final FleetQuery query;
  private final Instant now;

  FleetRows(ConsoleApi api, ApiCaller caller, FleetQuery query, Instant now) {
    this.api = api;
    this.caller = caller;
    this.query = query;
    this.now = now;
  }

  /**
   * A page.
   *
   * @param next start of the next page; empty on the last one
   * @param cut whether there may be more rows that were not checked
   */
  record Page(List<ResourceView> rows, String next, boolean cut) {}

  private record Position(boolean ready, String after) {

    static Position of(String text, Boolean wanted) {
      boolean known = !position(text).isEmpty();
      boolean ready = known ? text.startsWith("r") : Boolean.TRUE.equals(wanted);
      return new Position(ready, known ? text.substring(2) : "");
    }

    String text() {
      return (ready ? "r:" : "n:") + after;
    }
  }

  /** Parses a position; empty if invalid. */
  static String position(String text) {
    return text != null && text.matches("[nr]:.*") && SearchText.isId(text.substring(2)) ? text : "";
  }

  /** The requested page. */
  Page page() {
    var rows = new ArrayList<ResourceView>();
    var position = Position.of(query.after(), query.ready());
    for (int look = 0; look < MOST_LOOKS; look++) {
      int size = query.looksAtCells() ? LOOKED_AT : SIZE + 1 - rows.size();
      var items = items(search(position), "&status=" + (position.ready() ? "Ready" : "NotReady"), size);
      for (JsonNode item : items) {
        var row = ResourceView.of(item, now);
        if (query.matches(row)) {
          if (rows.size() == SIZE) {
            return new Page(rows, position.text(), false);
          }
          rows.add(row);
        }
        position = new Position(position.ready(), row.id());
      }
      if (items.size() < size) {
        if (position.ready() || query.ready() != null) {
          return new Page(rows, "", false);
        }
        position = new Position(true, "");
      }
    }
    return new Page(rows, position.after().isEmpty() ? "" : position.text(), true);
  }

  private SearchText search(Position position) {
    var search = query.search();
    return position.after().isEmpty() ? search : search.and("id > " + SearchText.quoted(position.after()));
  }

  /** The current state of these resources, in the given order, without deleted ones. */
  List<ResourceView> again(Collection<String> ids) {
    var found = new HashMap<String, ResourceView>();
    for (JsonNode item : items(new SearchText().among(ids), "", LOOKED_AT)) {
      var row = ResourceView.of(item, now);
      found.put(row.id(), row);
    }
    return ids.stream().filter(found::containsKey).map(found::get).toList();
  }

  /** The ids at the start of a current first page. */
  List<String> troubles() {
    if (query.looksAtCells()) {
      return List.of();
    }
    var ids = new ArrayList<String>();
    api.get(caller, list(query.search(), "&status=NotReady&fields=id", SIZE)).path("items")
        .forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }

  /** An older API lists no reports; conditions are used instead. */
  private JsonNode items(SearchText search, String more, int size) {
    var path = list(search, more, size);
    try {
      return api.get(caller, path + "&include=statuses").path("items");
    } catch (ApiRefusal e) {
      if (e.status() != BAD_REQUEST) {
        throw e;
      }
      return api.get(caller, path).path("items");
    }
  }

  private String list(SearchText search, String more, int size) {
    return "/resources?order=id&size=" + size + "&kind=" + encoded(query.kind()) + more
        + (search.toString().isEmpty() ? "" : "&search=" + encoded(search.toString()));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
