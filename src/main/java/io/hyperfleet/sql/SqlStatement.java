package io.hyperfleet.sql;

import java.util.Map;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/**
 * One statement of {@code classpath:sql/} whose named parameters are found once, when the class that uses it is loaded,
 * and not at each call.
 */
public final class SqlStatement {

  private final ParsedSql parsed;
  private final String text;

  private SqlStatement(String sql) {
    this.parsed = NamedParameterUtils.parseSqlStatement(sql);
    this.text = NamedParameterUtils.substituteNamedParameters(parsed, null);
  }

  /** A statement with parameters such as {@code :id}. */
  public static SqlStatement of(String sql) {
    return new SqlStatement(sql);
  }

  /**
   * The statement of a file.
   *
   * @param name file name without folder and ending
   * @throws IllegalStateException when there is no such file
   */
  public static SqlStatement read(String name) {
    return of(SqlFile.read(name));
  }

  /**
   * The statement with the values of its parameters, by their names; lists are no values, arrays are.
   *
   * @throws org.springframework.dao.InvalidDataAccessApiUsageException when the value of a parameter is missing
   */
  public BoundStatement with(Map<String, ?> values) {
    return new BoundStatement(text, NamedParameterUtils.buildValueArray(parsed, new MapSqlParameterSource(values),
        null));
  }
}
