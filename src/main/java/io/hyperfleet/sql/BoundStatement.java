package io.hyperfleet.sql;

import java.sql.PreparedStatement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;

/**
 * A statement with parameter values. Several of one transaction are sent in one round trip; they run in order, and each
 * sees the effects of earlier ones and of concurrent commits.
 *
 * @param sql with {@code ?} in the place of each value
 */
public record BoundStatement(String sql, Object[] values) {

  private static final String BEHIND = ";\n";

  /** Runs statements that answer nothing; the first one that fails ends it. */
  public static void run(JdbcOperations jdbc, List<BoundStatement> statements) {
    if (!statements.isEmpty()) {
      together(jdbc, statements, PreparedStatement::execute);
    }
  }

  /** The first row of a query. */
  public static <T> Optional<T> query(JdbcOperations jdbc, BoundStatement query, RowMapper<T> rows) {
    return jdbc.query(query.sql, rows, query.values).stream().findFirst();
  }

  /** A query, and the consumer of its rows. */
  public record Query(BoundStatement statement, RowCallbackHandler rows) {}

  /** Runs queries, and hands the rows of the first one over before those of the second. */
  public static void query(JdbcOperations jdbc, List<Query> queries) {
    together(jdbc, queries.stream().map(Query::statement).toList(), statement -> {
      statement.execute();
      for (Query query : queries) {
        try (var row = statement.getResultSet()) {
          while (row.next()) {
            query.rows().processRow(row);
          }
        }
        statement.getMoreResults();
      }
      return null;
    });
  }

  private static <T> T together(JdbcOperations jdbc, List<BoundStatement> statements,
      PreparedStatementCallback<T> action) {
    var sql = statements.stream().map(BoundStatement::sql).collect(Collectors.joining(BEHIND));
    var values = statements.stream().flatMap(statement -> Stream.of(statement.values)).toArray();
    return jdbc.execute(sql, (PreparedStatementCallback<T>) statement -> {
      new ArgumentPreparedStatementSetter(values).setValues(statement);
      return action.doInPreparedStatement(statement);
    });
  }
}
