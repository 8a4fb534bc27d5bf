package io.hyperfleet.sentinel;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The Sentinel's progress through the due list of a kind, page by page. A full page is followed by the next one, so
 * that rejected items do not block others; then it starts again. Used by one route's thread.
 */
final class Sweep {

  private final boolean due;
  private final String search;
  private final int pageSize;
  private final Decision decision;
  private String after;
  private boolean foundNothing;

  /**
   * A sweep that has not begun.
   *
   * @param due whether the list has due resources only, or all
   * @param search in the API's search language; empty for everything
   * @param decision null where everything that is due gets an event
   */
  Sweep(boolean due, String search, int pageSize, Decision decision) {
    this.due = due;
    this.search = search;
    this.pageSize = pageSize;
    this.decision = decision;
  }

  Decision decision() {
    return decision;
  }

  /** Whether to skip one poll. */
  boolean rests() {
    boolean rests = foundNothing;
    foundNothing = false;
    return rests;
  }

  /** The query of the next page. */
  String query() {
    return "due=" + due + "&size=" + pageSize
        + (search.isEmpty() ? "" : "&search=" + encode(search))
        + (decision == null ? "" : "&include=resource")
        + (after == null ? "" : "&after=" + encode(after));
  }

  /** Whether a page is followed by another one. */
  boolean isFull(List<Map<String, Object>> page) {
    return page.size() >= pageSize;
  }

  /** Goes on behind a page. */
  void advance(List<Map<String, Object>> page) {
    foundNothing = page.isEmpty();
    if (isFull(page)) {
      var last = page.get(page.size() - 1);
      after = due ? last.get("next_event_time") + "," + last.get("id") : String.valueOf(last.get("id"));
    } else {
      after = null;
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
