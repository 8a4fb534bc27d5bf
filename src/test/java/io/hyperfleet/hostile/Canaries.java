package io.hyperfleet.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What no text may reach: a class, a bean, a property and a port of this machine. */
final class Canaries implements AutoCloseable {

  static final String CLASS = "io.hyperfleet.hostile.Canary";
  static final String BEAN = "hostileCanary";
  static final String PROPERTY = "hostile.canary";
  /** The value of the property, which nothing may show. */
  static final String SECRET = "canary" + UUID.randomUUID().toString().replace("-", "");

  private static final Queue<String> TOUCHED = new ConcurrentLinkedQueue<>();

  private final ServerSocket listener;

  Canaries() {
    try {
      listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var thread = new Thread(this::listen, "canary");
    thread.setDaemon(true);
    thread.start();
  }

  static void touched(String how) {
    TOUCHED.add(how);
  }

  private void listen() {
    while (!listener.isClosed()) {
      try (var caller = listener.accept()) {
        touched("somebody connected to " + url() + " from port " + caller.getPort());
      } catch (IOException closed) {
        // Nobody will come any more.
      }
    }
  }

  /** Where nobody may send a request to. */
  String url() {
    return "http://" + address();
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** What was touched since the last call. */
  static List<String> harm() {
    var harm = new ArrayList<String>();
    for (var how = TOUCHED.poll(); how != null; how = TOUCHED.poll()) {
      harm.add(how);
    }
    return harm.stream().distinct().toList();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
