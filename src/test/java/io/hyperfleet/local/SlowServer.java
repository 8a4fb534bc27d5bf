package io.hyperfleet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Takes every connection, reads nothing of what is asked, and never ends its answer. */
public final class SlowServer implements AutoCloseable {

  /** How it does not end. */
  public enum Answer {
    NOTHING("", ""), A_HEADER_BYTE_BY_BYTE("HTTP/1.1 200 OK\r\nX-Slow: ", "x"), A_BODY_BYTE_BY_BYTE(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{", " "), A_STREAM(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
            "2\r\n{}\r\n"), A_STREAM_THAT_PAUSES(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
                "");

    private final byte[] first;
    private final byte[] again;

    Answer(String first, String again) {
      this.first = first.getBytes(StandardCharsets.US_ASCII);
      this.again = again.getBytes(StandardCharsets.US_ASCII);
    }
  }

  private static final long PAUSE_MILLIS = 20;

  private final ServerSocket server;
  private final Answer answer;

  /** On a free port of this machine. */
  public SlowServer(Answer answer) {
    this.answer = answer;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  public String url() {
    return "http://localhost:" + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var caller = server.accept();
        daemon(() -> answer(caller));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void answer(Socket caller) {
    try (caller) {
      caller.getInputStream().read();
      caller.getOutputStream().write(answer.first);
      while (!server.isClosed()) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        caller.getOutputStream().write(answer.again);
      }
    } catch (IOException e) {
      // The caller has given up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "slow-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
