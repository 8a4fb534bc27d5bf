package io.hyperfleet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL, from binaries that Maven brings along, with a temporary data directory that goes when it is
 * closed, or when this process ends. Root starts it as somebody else, see {@link PostgresUser}.
 */
public final class LocalPostgres implements AutoCloseable {

  /** The property that the port comes from, named in every failure. */
  public static final String PORT_PROPERTY = "hyperfleet.local.postgres.port";

  private static final Duration STARTUP_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final String USER = "postgres";

  private final PostgresUser user = PostgresUser.find();
  private final Path binaries = PostgresBinaries.directory();
  private final Path home = Files.createTempDirectory("hyperfleet-postgres-data-");
  private final Path data = home.resolve("data");
  private final Path log = home.resolve("log");
  private final Path serverLog = home.resolve("server.log");
  private final int port;
  private final List<String> settings;

  private LocalPostgres(int port, String... settings) throws IOException {
    this.port = port;
    this.settings = List.of(settings);
    user.own(home);
    // Runs when the applications that use it are closed.
    SpringApplication.getShutdownHandlers().add(this::close);
  }

  /**
   * Starts a server on the loopback interface.
   *
   * @param port 0 = any free one
   * @param settings of the server, such as {@code max_connections=10}
   * @throws IllegalStateException when it cannot start; the message says what to do
   */
  public static LocalPostgres start(int port, String... settings) {
    int free = checkFree(port);
    LocalPostgres postgres = null;
    try {
      postgres = new LocalPostgres(free, settings);
      postgres.create();
      postgres.serve();
      return postgres;
    } catch (IOException | IllegalStateException e) {
      if (postgres != null) {
        postgres.close();
      }
      throw new IllegalStateException("The local PostgreSQL could not start: " + e.getMessage()
          + ". Set SPRING_DATASOURCE_URL to use a PostgreSQL of your own, or " + PORT_PROPERTY
          + " to choose another port.", e);
    }
  }

  /** With the user in it. */
  public String jdbcUrl() {
    return "jdbc:postgresql://localhost:" + port + "/postgres?user=" + USER;
  }

  public String username() {
    return USER;
  }

  /** Any: the server trusts connections from this machine. */
  public String password() {
    return USER;
  }

  private void create() throws IOException {
    var creation = run("initdb", List.of("-D", data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale",
        "--no-sync"));
    if (!ended(creation, STARTUP_LIMIT) || creation.exitValue() != 0) {
      throw new IllegalStateException("initdb failed: " + lastWords());
    }
  }

  private void serve() throws IOException {
    // It detaches the server from the terminal, whose Ctrl-C would end it before those who use it.
    var own = settings.stream().map(setting -> " -c " + setting).collect(Collectors.joining());
    var start = run("pg_ctl", List.of("start", "-D", data.toString(), "-l", serverLog.toString(), "-s", "-w",
        "-t", String.valueOf(STARTUP_LIMIT.toSeconds()), "-o",
        "-p " + port + " -h localhost -c unix_socket_directories="
            + " -c max_connections=300 -c shared_buffers=64MB -c fsync=off" + own));
    if (!ended(start, STARTUP_LIMIT) || start.exitValue() != 0) {
      throw new IllegalStateException("it does not answer: " + lastWords());
    }
  }

  /**
   * Ends the server and keeps its data, for {@link #resume}.
   *
   * @param mode {@code fast}: transactions are rolled back; {@code immediate}: as if it had crashed
   */
  public void stop(String mode) {
    try {
      if (!ended(run("pg_ctl", List.of("stop", "-D", data.toString(), "-m", mode)), STOP_LIMIT)) {
        throw new IllegalStateException("The local PostgreSQL does not stop: " + lastWords());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server again, on the same port with the same data. */
  public void resume() {
    try {
      serve();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process run(String program, List<String> arguments) throws IOException {
    return new ProcessBuilder(user.command(binaries.resolve("bin").resolve(program), arguments))
        .directory(home.toFile()).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
  }

  /** Stops the server and deletes its data; a second time does nothing. */
  @Override
  public void close() {
    try {
      if (Files.exists(data.resolve("postmaster.pid"))) {
        ended(run("pg_ctl", List.of("stop", "-D", data.toString(), "-m", "immediate")), STOP_LIMIT);
      }
      FileSystemUtils.deleteRecursively(home);
    } catch (IOException e) {
      throw new IllegalStateException("The local PostgreSQL could not be stopped: " + e.getMessage(), e);
    }
  }

  private static boolean ended(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String lastWords() throws IOException {
    var lines = Files.readAllLines(Files.exists(serverLog) ? serverLog : log);
    return String.join(" ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }

  /**
   * The port, or for 0 a free one, which no outgoing connection is given while the server is being made, or is stopped.
   */
  private static int checkFree(int port) {
    if (port == 0) {
      return LocalFleet.freePort();
    }
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("Port " + port + " for the local PostgreSQL is taken. Set " + PORT_PROPERTY
          + " to another one (0 = any), or SPRING_DATASOURCE_URL to use a PostgreSQL of your own.", e);
    }
  }
}
