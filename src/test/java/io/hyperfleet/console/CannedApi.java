package io.hyperfleet.console;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** An API that answers what a test says, and remembers what it was asked. */
final class CannedApi implements AutoCloseable {

  static {
    // Else each answer waits 40 ms for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String BASE = "/api/hyperfleet/v1";

  /** A request: {@code GET /clusters?x=y}, and the headers that matter. */
  record Asked(String what, String authorization, String tenant, String body) {}

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  /** What is answered to {@code GET /clusters?x=y}: JSON, or a status and JSON as in {@code 404 {}}. */
  private volatile UnaryOperator<String> script = what -> "404 {}";

  CannedApi() {
    this(0);
  }

  CannedApi(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", exchange -> {
      try (exchange) {
        var what = exchange.getRequestMethod() + " " + exchange.getRequestURI().toString().replaceFirst(BASE, "");
        var headers = exchange.getRequestHeaders();
        asked.add(new Asked(what, headers.getFirst("Authorization"), headers.getFirst("X-Tenant"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        var answer = script.apply(what);
        int status = answer.matches("(?s)\\d{3} .*") ? Integer.parseInt(answer.substring(0, 3)) : 200;
        var body = answer.substring(status == 200 ? 0 : 4).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
      }
    });
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  void answers(UnaryOperator<String> answers) {
    script = answers;
    asked.clear();
  }

  List<Asked> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
