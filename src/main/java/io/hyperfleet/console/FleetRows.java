package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
  private static final Position FIRST_READY = new Position(true, "");

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

  /** Parses a position; {@code r:} is before the first Ready resource. Empty if invalid. */
  static String position(String text) {
    return text != null && text.matches("[nr]:.*") && (text.equals("r:") || SearchText.isId(text.substring(2)))
        ? text
        : "";
  }

  /** A list request that is under way. */
  private final class Asked {

    private final int size;
    private final String path;
    private final ConsoleApi.Pending pending;

    Asked(SearchText search, String more, int size) {
      this.size = size;
      this.path = list(search, more, size);
      this.pending = api.ask(caller, path + "&include=statuses");
    }

    /** An older API lists no reports; conditions are used instead. */
    JsonNode items() {
      try {
        return pending.get().path("items");
      } catch (ApiRefusal e) {
        if (e.status() != BAD_REQUEST) {
          throw e;
        }
        return api.get(caller, path).path("items");
      }
    }

    boolean isFull(JsonNode items) {
      return items.size() >= size;
    }
  }

  /**
   * The requested page. Both parts of a first page are requested concurrently, since the first part rarely fills it; a
   * resource that moves between them meanwhile is shown once.
   */
  Page page() {
    var rows = new ArrayList<ResourceView>();
    var ids = new HashSet<String>();
    var position = Position.of(query.after(), query.ready());
    var asked = ask(position, 0);
    var readyOnes = position.ready() || query.ready() != null ? null : ask(FIRST_READY, 0);
    for (int look = 0; look < MOST_LOOKS; look++) {
      var items = asked.items();
      for (JsonNode item : items) {
        var row = ResourceView.of(item, now);
        if (query.matches(row) && ids.add(row.id())) {
          if (rows.size() == SIZE) {
            return new Page(rows, position.text(), false);
          }
          rows.add(row);
        }
        position = new Position(position.ready(), row.id());
      }
      if (asked.isFull(items)) {
        asked = ask(position, rows.size());
      } else if (readyOnes == null) {
        return new Page(rows, "", false);
      } else {
        position = FIRST_READY;
        asked = readyOnes;
        readyOnes = null;
      }
    }
    return new Page(rows, position.after().isEmpty() ? "" : position.text(), true);
  }

  private Asked ask(Position position, int rows) {
    var search = query.search();
    return new Asked(
        position.after().isEmpty() ? search : search.and("id > " + SearchText.quoted(position.after())),
        "&status=" + (position.ready() ? "Ready" : "NotReady"),
        query.looksAtCells() ? LOOKED_AT : SIZE + 1 - rows);
  }

  /**
   * A refresh of displayed rows.
   *
   * @param rows in the given order, without deleted resources
   * @param troubles how many other resources at the start of a current first page are not Ready
   */
  record Again(List<ResourceView> rows, long troubles) {}

  /** The current state of these resources. */
  Again again(Collection<String> ids) {
    var asked = new Asked(new SearchText().among(ids), "", LOOKED_AT);
    var begins = query.after().isEmpty() && query.ready() != Boolean.TRUE && !query.looksAtCells()
        ? api.ask(caller, list(query.search(), "&status=NotReady&fields=id", SIZE))
        : null;
    var found = new HashMap<String, ResourceView>();
    for (JsonNode item : asked.items()) {
      var row = ResourceView.of(item, now);
      found.put(row.id(), row);
    }
    return new Again(ids.stream().filter(found::containsKey).map(found::get).toList(),
        begins == null
            ? 0
            : begins.get().path("items").valueStream().filter(item -> !ids.contains(item.path("id").asText())).count());
  }

  private String list(SearchText search, String more, int size) {
    return "/resources?order=id&size=" + size + "&kind=" + encoded(query.kind()) + more
        + (search.toString().isEmpty() ? "" : "&search=" + encoded(search.toString()));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
