package io.hyperfleet.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Reports each statement, and each failed connection, commit and rollback, to {@link StatementMeters}. Everything else
 * is passed through, since a statement has dozens of parameters.
 */
final class TimedDataSource extends DelegatingDataSource {

  private static final String GET_CONNECTION = "getConnection";

  private final StatementMeters meters;

  TimedDataSource(DataSource target, StatementMeters meters) {
    super(target);
    this.meters = meters;
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      return proxy(Connection.class, new Connected(super.getConnection()));
    } catch (SQLException e) {
      meters.failed(GET_CONNECTION);
      throw e;
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
  }

  /** Calls the target of a proxy, and throws its exceptions. */
  private abstract static class Behind implements InvocationHandler {

    private final Object target;

    Behind(Object target) {
      this.target = target;
    }

    @Override
    public final Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      // A pool identifies its connections by identity.
      return method.getName().equals("equals") ? proxy == args[0] : answer(method, args);
    }

    abstract Object answer(Method method, Object[] args) throws Throwable;

    final Object call(Method method, Object[] args) throws Throwable {
      try {
        return method.invoke(target, args);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  private final class Connected extends Behind {

    Connected(Connection connection) {
      super(connection);
    }

    @Override
    Object answer(Method method, Object[] args) throws Throwable {
      return switch (method.getName()) {
        case "prepareStatement" -> proxy(PreparedStatement.class, new Stated(call(method, args), (String) args[0]));
        case "createStatement" -> proxy(Statement.class, new Stated(call(method, args), null));
        case "commit", "rollback" -> ended(method, args);
        default -> call(method, args);
      };
    }

    private Object ended(Method method, Object[] args) throws Throwable {
      try {
        return call(method, args);
      } catch (SQLException e) {
        meters.failed(method.getName());
        throw e;
      }
    }
  }

  private final class Stated extends Behind {

    private final String sql;

    /** @param sql null for a statement that gets its text at each run */
    Stated(Object statement, String sql) {
      super(statement);
      this.sql = sql;
    }

    @Override
    Object answer(Method method, Object[] args) throws Throwable {
      return method.getName().startsWith("execute") ? timed(method, args) : call(method, args);
    }

    private Object timed(Method method, Object[] args) throws Throwable {
      var text = sql == null && args != null ? (String) args[0] : sql;
      long start = System.nanoTime();
      Throwable failure = null;
      try {
        return call(method, args);
      } catch (SQLException e) {
        failure = e;
        throw e;
      } finally {
        meters.ran(text, System.nanoTime() - start, failure);
      }
    }
  }
}
