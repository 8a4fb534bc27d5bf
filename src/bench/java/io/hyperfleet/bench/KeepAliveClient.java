package io.hyperfleet.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTTP connection that stays open for as long as the server lets it, which is a hundred requests. It costs next to
 * nothing, so that what is measured is the server.
 */
final class KeepAliveClient implements AutoCloseable {

  private final int port;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  KeepAliveClient(int port) throws IOException {
    this.port = port;
    connect();
  }

  private void connect() throws IOException {
    socket = new Socket("localhost", port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
  }

  /**
   * Sends a request and reads the answer to its end.
   *
   * @throws IllegalStateException when its status is another one than expected
   */
  String send(String method, String path, String body, int expected) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    out.write((method + " /api/hyperfleet/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes.length
        + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
    var status = line();
    int length = 0;
    boolean last = false;
    for (var header = line(); !header.isEmpty(); header = line()) {
      var lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).trim());
      } else if (lower.equals("transfer-encoding: chunked")) {
        length = -1;
      } else if (lower.equals("connection: close")) {
        last = true;
      }
    }
    var answer = length >= 0 ? new String(in.readNBytes(length), StandardCharsets.UTF_8) : chunks();
    if (last) {
      close();
      connect();
    }
    if (!status.startsWith("HTTP/1.1 " + expected)) {
      throw new IllegalStateException(status + ": " + answer);
    }
    return answer;
  }

  private String chunks() throws IOException {
    var text = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      text.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
      line();
      if (size == 0) {
        return text.toString();
      }
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server ended the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
