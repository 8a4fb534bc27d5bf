package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands where a service would: drops each connection at once and counts them, until the service takes its port. */
final class DroppingServer implements AutoCloseable {

  /** Far above what a pace of seconds needs, far below what spinning makes of it. */
  private static final int BURST = 200;
  private static final int MOST_A_SECOND = 10;

  private final Instant start = Instant.now();
  private final ServerSocket server;
  private final Thread thread;
  private final AtomicInteger connections = new AtomicInteger();

  DroppingServer() throws IOException {
    server = listen();
    thread = new Thread(this::drop, "dropping-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Below the ports that connections of clients start from, so that nobody takes it before the service does. */
  private static ServerSocket listen() throws IOException {
    while (true) {
      try {
        int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
        return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      } catch (BindException e) {
        // The next one.
      }
    }
  }

  private void drop() {
    while (!server.isClosed()) {
      try (var connection = server.accept()) {
        connections.incrementAndGet();
      } catch (IOException e) {
        // Closed, or the client was faster.
      }
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Waits for the first connection, and asserts that there are no more than those who ask again after seconds need. */
  void assertPaced() {
    await().until(() -> connections.get() > 0);
    assertThat(connections.get())
        .isLessThan(BURST + MOST_A_SECOND * (int) Duration.between(start, Instant.now()).toSeconds());
  }

  /** Gives the port free: it is held until the thread that accepts on it has left. */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
