package io.hyperfleet.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A HyperFleet API of two requests, GET of a cluster and PUT of a report, that answers as a test wants. What an adapter
 * announces of itself meanwhile is no report.
 */
final class ScriptedApi implements AutoCloseable {

  /** Answers a request. */
  interface Handler {
    void answer(HttpExchange exchange) throws IOException;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<JsonNode> reports = new CopyOnWriteArrayList<>();
  private final List<String> eventTimes = new CopyOnWriteArrayList<>();
  private volatile Handler get;
  private volatile Handler put;

  ScriptedApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** How fetches are answered from now on. */
  void onGet(Handler handler) {
    get = handler;
  }

  /** How reports are answered from now on; they are kept in any case. */
  void onPut(Handler handler) {
    put = handler;
  }

  /** The bodies of the reports so far. */
  List<JsonNode> reports() {
    return reports;
  }

  /** When the events were written that the reports so far answer, as far as reports say so. */
  List<String> eventTimes() {
    return eventTimes;
  }

  void forget() {
    reports.clear();
    eventTimes.clear();
  }

  /** Answers with a status and a body. */
  static Handler status(int status, String body) {
    return exchange -> {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Answers with a cluster as the API does. */
  static Handler cluster(String id, int generation) {
    return status(200,
        """
        {"id": "%s", "kind": "Cluster", "name": "demo", "generation": %d, "spec": {"note": "n"}, "adapter_statuses": []}"""
            .formatted(id, generation));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("GET")) {
        get.answer(exchange);
      } else if (!exchange.getRequestURI().getPath().endsWith("/statuses")) {
        status(204, "").answer(exchange);
      } else {
        eventTimes.addAll(exchange.getRequestHeaders().getOrDefault("X-HyperFleet-Event-Time", List.of()));
        reports.add(JSON.readTree(exchange.getRequestBody()));
        put.answer(exchange);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
