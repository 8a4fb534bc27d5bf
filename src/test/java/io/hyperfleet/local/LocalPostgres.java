package io.hyperfleet.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/**
 * A real PostgreSQL, from binaries that Maven brings along, with a temporary data directory that goes when it is
 * closed. As root it needs {@code unshare}, since PostgreSQL refuses to run as root.
 */
public final class LocalPostgres implements AutoCloseable {

  /** The property that the port comes from, named in every failure. */
  public static final String PORT_PROPERTY = "hyperfleet.local.postgres.port";

  private static final Duration STARTUP_LIMIT = Duration.ofSeconds(30);
  private static final String USER = "postgres";

  private final EmbeddedPostgres postgres;

  private LocalPostgres(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts a server on the loopback interface.
   *
   * @param port 0 = any free one
   * @throws IllegalStateException when it cannot start; the message says what to do
   */
  public static LocalPostgres start(int port) {
    if (port != 0) {
      checkFree(port);
    }
    try {
      var builder = EmbeddedPostgres.builder()
          .setPGStartupWait(STARTUP_LIMIT)
          .setCleanDataDirectory(true)
          .setServerConfig("max_connections", "300")
          .setServerConfig("shared_buffers", "64MB")
          .setServerConfig("fsync", "off");
      if (port != 0) {
        builder.setPort(port);
      }
      return new LocalPostgres(builder.start());
    } catch (IOException | IllegalStateException e) {
      throw new IllegalStateException("The local PostgreSQL could not start: " + e.getMessage()
          + (isRoot() ? " (as root it needs the command 'unshare' and the right to use it)" : "")
          + ". Set SPRING_DATASOURCE_URL to use a PostgreSQL of your own, or " + PORT_PROPERTY
          + " to choose another port.", e);
    }
  }

  public String jdbcUrl() {
    return postgres.getJdbcUrl(USER, USER);
  }

  public String username() {
    return USER;
  }

  /** Any: the server trusts connections from this machine. */
  public String password() {
    return USER;
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new IllegalStateException("The local PostgreSQL could not be stopped: " + e.getMessage(), e);
    }
  }

  private static void checkFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new IllegalStateException("Port " + port + " for the local PostgreSQL is taken. Set " + PORT_PROPERTY
          + " to another one (0 = any), or SPRING_DATASOURCE_URL to use a PostgreSQL of your own.", e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
