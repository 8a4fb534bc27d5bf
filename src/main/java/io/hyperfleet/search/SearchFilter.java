package io.hyperfleet.search;

import io.hyperfleet.problem.Problem;
import java.util.Map;

/**
 * A condition over {@code resources r}, with the values that it binds.
 *
 * @param sql a boolean expression; the same for searches of the same shape
 * @param parameters values by the names that the expression binds; they begin with {@code search}
 */
public record SearchFilter(String sql, Map<String, Object> parameters) {

  /** Every resource. */
  public static final SearchFilter ALL = new SearchFilter("true", Map.of());

  static final int MAX_LENGTH = 4096;

  /**
   * Reads a search, such as {@code labels.region = 'eu' and status.phase != 'Ready'}.
   *
   * @param text up to 4,096 characters; null or blank finds everything
   * @throws Problem {@code BAD_REQUEST} with the place and what is allowed there
   */
  public static SearchFilter parse(String text) {
    if (text == null || text.isBlank()) {
      return ALL;
    }
    var trimmed = text.strip();
    if (trimmed.length() > MAX_LENGTH) {
      throw InvalidSearch.at(0, "must be at most " + MAX_LENGTH + " characters");
    }
    var bindings = new Bindings("search");
    var sql = new SearchSql(bindings).of(new SearchParser(trimmed).parse());
    return new SearchFilter(sql, bindings.values());
  }
}
