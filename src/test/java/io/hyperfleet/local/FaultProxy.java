package io.hyperfleet.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes TCP connections on to a port, and does to them what networks do: it cuts them, leaves them half-open, loses
 * what the server answers, delays, or lets answers dribble. {@link #mend} ends the fault for new connections and for
 * slow ones; a connection that has lost bytes stays lost and open, as in life, until one of its ends gives it up.
 */
public final class FaultProxy implements AutoCloseable {

  private final ServerSocket server;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile int target;
  private volatile boolean cut;
  private volatile boolean losesRequests;
  private volatile boolean losesAnswers;
  private volatile Duration delay = Duration.ZERO;
  private volatile Duration pauseBetweenBytes = Duration.ZERO;

  /** In front of a port of this machine, itself on a free one. */
  public FaultProxy(int target) {
    this.target = target;
    try {
      this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many connections it has accepted since the start. */
  public int connections() {
    return connections.get();
  }

  /** Leads new connections to another port of this machine, as a Service does when a pod is replaced. */
  public void turnTo(int target) {
    this.target = target;
  }

  /** Ends every connection; no new one lives. */
  public void cut() {
    cut = true;
    links.forEach(this::end);
  }

  /** Leaves every connection open, and new ones too, while no byte arrives on either side. */
  public void halfOpen() {
    losesRequests = true;
    loseAnswers();
    links.forEach(link -> link.requestsLost = true);
  }

  /** Lets requests arrive, and loses every byte that the server answers from now on. */
  public void loseAnswers() {
    losesAnswers = true;
    links.forEach(link -> link.answersLost = true);
  }

  /** Keeps whatever arrives for so long, in both directions. */
  public void delay(Duration each) {
    delay = each;
  }

  /** Passes answers on byte by byte, with a pause after each. */
  public void dribble(Duration pause) {
    pauseBetweenBytes = pause;
  }

  public void mend() {
    cut = false;
    losesRequests = false;
    losesAnswers = false;
    delay = Duration.ZERO;
    pauseBetweenBytes = Duration.ZERO;
    links.stream().filter(link -> link.abandoned).forEach(this::end);
  }

  private void end(Link link) {
    link.end();
    links.remove(link);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var near = server.accept();
        connections.incrementAndGet();
        connect(near);
      } catch (IOException e) {
        // Closed, or the target refuses: the next connection may do better.
      }
    }
  }

  private void connect(Socket near) throws IOException {
    if (cut) {
      near.close();
      return;
    }
    Socket far;
    try {
      far = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      near.close();
      throw e;
    }
    var link = new Link(near, far);
    links.add(link);
    if (cut) {
      // Cut while this connection was being made.
      end(link);
      return;
    }
    link.requestsLost = losesRequests;
    link.answersLost = losesAnswers;
    daemon(() -> pass(link, near, far, false));
    daemon(() -> pass(link, far, near, true));
  }

  private void pass(Link link, Socket from, Socket to, boolean answers) {
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      var buffer = new byte[16 * 1024];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        pause(delay);
        if (answers ? !link.answersLost : !link.requestsLost) {
          write(out, buffer, read, answers);
        }
      }
    } catch (IOException e) {
      // Cut.
    } finally {
      // The other end of a half-open connection learns that this one is gone only when the network is mended.
      if (!cut && (losesAnswers || losesRequests)) {
        link.abandoned = true;
      } else {
        end(link);
      }
    }
  }

  private void write(OutputStream out, byte[] bytes, int length, boolean answers) throws IOException {
    for (int sent = 0; sent < length;) {
      boolean dribbles = answers && !pauseBetweenBytes.isZero();
      int size = dribbles ? 1 : length - sent;
      out.write(bytes, sent, size);
      sent += size;
      if (dribbles) {
        pause(pauseBetweenBytes);
      }
    }
  }

  private static void pause(Duration time) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private static final class Link {

    private final Socket near;
    private final Socket far;
    private volatile boolean requestsLost;
    private volatile boolean answersLost;
    private volatile boolean abandoned;

    Link(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    void end() {
      for (Socket socket : new Socket[]{near, far}) {
        try {
          socket.close();
        } catch (IOException e) {
          // It has ended already.
        }
      }
    }
  }
}
