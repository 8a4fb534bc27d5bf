package io.hyperfleet.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * HyperFleet's public API as a contract test plays it: it knows no {@code include}, no {@code due} and no POST /events,
 * a resource has conditions and no phase, a page has 100 items at most, and it tells no time. Searches are checked for
 * what it can parse, and find everything.
 */
public final class UpstreamApi implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/api/hyperfleet/v1";
  private static final int MOST = 100;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, JsonNode> clusters = new ConcurrentHashMap<>();
  private final Map<String, List<JsonNode>> statuses = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  public UpstreamApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> {
      try (exchange) {
        answer(exchange);
      }
    });
    server.start();
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Method and path with query of each request so far. */
  public List<String> requests() {
    return requests;
  }

  /** A cluster with its conditions, as JSON. */
  public void cluster(String id, int generation, String conditions) {
    try {
      clusters.put(id, JSON.readTree("""
          {"id": "%1$s", "kind": "Cluster", "name": "demo", "href": "%2$s/clusters/%1$s", "generation": %3$d,
           "spec": {"note": "n"}, "status": {"conditions": %4$s}, "tenancy": {}, "created_by": "a@b", "updated_by": "a@b",
           "created_time": "2026-01-01T00:00:00Z", "updated_time": "2026-01-01T00:00:00Z"}"""
          .formatted(id, BASE, generation, conditions)));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The stored report of an adapter. */
  public void report(String id, String report) throws IOException {
    statuses.computeIfAbsent(id, key -> new CopyOnWriteArrayList<>()).add(JSON.readTree(report));
  }

  /** Answers a request. */
  public void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    var path = exchange.getRequestURI().getPath().substring(BASE.length()).split("/");
    var query = query(exchange.getRequestURI().getRawQuery());
    boolean get = exchange.getRequestMethod().equals("GET");
    if (path.length < 2 || !path[1].equals("clusters") || path.length > 4) {
      problem(exchange, 404, "HYPERFLEET-NTF-000", "Endpoint Not Found");
    } else if (path.length == 2 && get) {
      page(exchange, query, List.copyOf(clusters.values()));
    } else if (path.length > 2 && !clusters.containsKey(path[2])) {
      problem(exchange, 404, "HYPERFLEET-NTF-001", "Cluster with id='" + path[2] + "' not found");
    } else if (path.length == 3 && get) {
      send(exchange, 200, clusters.get(path[2]));
    } else if (path.length == 4 && path[3].equals("statuses") && get) {
      page(exchange, query, statuses.getOrDefault(path[2], List.of()));
    } else if (path.length == 4 && path[3].equals("statuses") && exchange.getRequestMethod().equals("PUT")) {
      var report = JSON.readTree(exchange.getRequestBody());
      report(path[2], report.toString());
      send(exchange, 201, report);
    } else {
      exchange.sendResponseHeaders(405, -1);
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        var parts = pair.split("=", 2);
        query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static void page(HttpExchange exchange, Map<String, String> query, List<JsonNode> all) throws IOException {
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    int size = Integer.parseInt(query.getOrDefault("size", "20"));
    var search = query.getOrDefault("search", "");
    if (size < 1 || size > MOST || page < 1 || search.length() > 4096 || search.matches(".*[`{}].*")) {
      problem(exchange, 400, "HYPERFLEET-VAL-000", "size must be between 1 and 100, a search one that there is");
      return;
    }
    var items = new ArrayList<>(
        all.subList(Math.min(all.size(), (page - 1) * size), Math.min(all.size(), page * size)));
    var list = JSON.createObjectNode().put("page", page).put("size", items.size()).put("total", all.size());
    list.putArray("items").addAll(items);
    send(exchange, 200, list);
  }

  private static void problem(HttpExchange exchange, int status, String code, String detail) throws IOException {
    send(exchange, status, JSON.createObjectNode().put("status", status).put("code", code).put("detail", detail));
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    var bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
