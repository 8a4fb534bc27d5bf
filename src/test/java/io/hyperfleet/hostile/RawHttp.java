package io.hyperfleet.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no HTTP client would send, each on a connection of its own. */
final class RawHttp {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE = 20_000;

  /**
   * What came back.
   *
   * @param status 0 when the connection was closed without an answer, -1 when there was none in 20 seconds
   * @param body a missing node when it is no JSON
   */
  record Answer(int status, String head, JsonNode body) {

    /** Whether it says what is wrong; of what no server knows the status says it all. */
    boolean explains() {
      return body.path("detail").asText().length() > 3 || status == 411 || status == 501 || status == 505;
    }

    /** Whether it names a field or parameter, or says in words where it is. */
    boolean names(String field) {
      return body.path("detail").asText().contains(field) || body.path("errors").toString().contains(field);
    }
  }

  private final int port;

  RawHttp(int port) {
    this.port = port;
  }

  /** A request with a body, whose length is right, and headers that end with a line break each. */
  Answer send(String method, String target, String headers, byte[] body) {
    var head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
        + body.length + "\r\n" + headers + "\r\n";
    return send(concat(head.getBytes(StandardCharsets.ISO_8859_1), body));
  }

  Answer json(String method, String target, String body) {
    return send(method, target, "Content-Type: application/json\r\n", body.getBytes(StandardCharsets.UTF_8));
  }

  Answer send(byte[] request) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
      socket.setSoTimeout(PATIENCE);
      try {
        socket.getOutputStream().write(request);
      } catch (SocketException refused) {
        // It has answered before it has read everything.
      }
      return read(socket);
    } catch (java.net.SocketTimeoutException e) {
      return new Answer(-1, "", JSON.missingNode());
    } catch (IOException e) {
      return new Answer(0, e.toString(), JSON.missingNode());
    }
  }

  private static Answer read(Socket socket) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (SocketException reset) {
      // What came before it counts.
    }
    var text = bytes.toString(StandardCharsets.UTF_8);
    while (text.startsWith("HTTP/1.1 1") && text.contains("\r\n\r\n")) {
      // To be continued.
      text = text.substring(text.indexOf("\r\n\r\n") + 4);
    }
    int end = text.indexOf("\r\n\r\n");
    if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
      return new Answer(0, text, JSON.missingNode());
    }
    var head = text.substring(0, end);
    int from = text.indexOf('{', end);
    int to = text.lastIndexOf('}');
    boolean json = head.toLowerCase(java.util.Locale.ROOT).contains("json") && from >= 0 && to > from;
    return new Answer(Integer.parseInt(text.substring(9, 12)), head,
        json ? parse(text.substring(from, to + 1)) : JSON.missingNode());
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException chunked) {
      // Cut by the lines between chunks.
      try {
        return JSON.readTree(text.replaceAll("\r\n[0-9a-f]+\r\n", ""));
      } catch (IOException e) {
        return JSON.missingNode();
      }
    }
  }

  static byte[] concat(byte[] one, byte[] other) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(one);
    all.writeBytes(other);
    return all.toByteArray();
  }
}
