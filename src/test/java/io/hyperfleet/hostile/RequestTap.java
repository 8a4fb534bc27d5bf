package io.hyperfleet.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Passes HTTP/1.1 on to a port as it is, and tells of every request as it was sent, before any server has read it. */
final class RequestTap implements AutoCloseable {

  /**
   * A request.
   *
   * @param target what stands after the method, never decoded
   * @param headers by their names in lower case
   */
  record Request(String method, String target, Map<String, String> headers, byte[] body) {

    String path() {
      int query = target.indexOf('?');
      return query < 0 ? target : target.substring(0, query);
    }

    String query() {
      int query = target.indexOf('?');
      return query < 0 ? "" : target.substring(query + 1);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private static final Pattern HTTP2 = Pattern
      .compile("(?i)(upgrade: *h2c|http2-settings:.*|connection:.*http2-settings.*)");

  private final ServerSocket server;
  private final int target;
  private final Consumer<Request> told;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();

  RequestTap(int target, Consumer<Request> told) {
    this.target = target;
    this.told = told;
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  long requests() {
    return requests.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var near = server.accept();
        start(() -> connect(near));
      } catch (IOException closed) {
        // Nobody comes any more.
      }
    }
  }

  private void connect(Socket near) {
    try (near; var far = new Socket(InetAddress.getLoopbackAddress(), target)) {
      sockets.add(near);
      sockets.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      start(() -> answer(near, far));
      pass(new BufferedInputStream(near.getInputStream()), far.getOutputStream());
    } catch (IOException ended) {
      // One of both is gone.
    } finally {
      sockets.remove(near);
    }
  }

  private void answer(Socket near, Socket far) {
    try (near; far) {
      far.getInputStream().transferTo(near.getOutputStream());
    } catch (IOException ended) {
      // One of both is gone.
    } finally {
      sockets.remove(far);
    }
  }

  private void pass(InputStream in, OutputStream out) throws IOException {
    for (var line = line(in); line != null; line = line(in)) {
      var head = new StringBuilder(line).append("\r\n");
      var headers = new HashMap<String, String>();
      for (var header = line(in); header != null && !header.isEmpty(); header = line(in)) {
        var pair = header.split(":", 2);
        headers.put(pair[0].toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1].trim() : "");
        // What follows would be no HTTP/1.1.
        head.append(HTTP2.matcher(header).matches() ? "" : header + "\r\n");
      }
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      var sent = new ByteArrayOutputStream();
      var body = body(in, headers, sent);
      out.write(sent.toByteArray());
      out.flush();
      requests.incrementAndGet();
      var words = line.split(" ");
      told.accept(new Request(words[0], words.length == 3 ? words[1] : line, headers, body));
      if (headers.getOrDefault("upgrade", "").equalsIgnoreCase("websocket")) {
        in.transferTo(out);
      }
    }
  }

  /** The body as it is meant; {@code sent} becomes what it looks like. */
  private static byte[] body(InputStream in, Map<String, String> headers, ByteArrayOutputStream sent)
      throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").contains("chunked")) {
      sent.writeBytes(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
      return sent.toByteArray();
    }
    var body = new ByteArrayOutputStream();
    for (int size = -1; size != 0;) {
      var line = line(in);
      size = Integer.parseInt(line, 16);
      var chunk = in.readNBytes(size);
      line(in);
      body.writeBytes(chunk);
      sent.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      sent.writeBytes(chunk);
      sent.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    return body.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
  }

  private static void start(Runnable work) {
    var thread = new Thread(work, "request-tap");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
