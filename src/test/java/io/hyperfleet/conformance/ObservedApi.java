package io.hyperfleet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** The part of the API that adapters see: clusters with the reports about them. It keeps every report that it gets. */
final class ObservedApi implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CLUSTER = Pattern.compile("/api/hyperfleet/v1/clusters/([^/]+)(/statuses)?");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, ObjectNode> clusters = new ConcurrentHashMap<>();
  private final Map<String, List<JsonNode>> reports = new ConcurrentHashMap<>();
  private final Map<String, Integer> getStatus = new ConcurrentHashMap<>();
  private final Map<String, Integer> putStatus = new ConcurrentHashMap<>();

  ObservedApi(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Makes a cluster known, as of a generation; {@code available} are the adapters that have done their work. */
  void put(String id, int generation, boolean deleting, List<String> available) {
    var cluster = JSON.createObjectNode().put("id", id).put("kind", "Cluster").put("name", "c-" + id.substring(0, 8))
        .put("href", "/api/hyperfleet/v1/clusters/" + id).put("generation", generation);
    // A number beyond 64 bits, as users may write it.
    cluster.putObject("spec").put("region", "us-east1").put("quota", BigInteger.TWO.pow(64));
    if (deleting) {
      cluster.put("deleted_time", Instant.now().toString());
    }
    var statuses = cluster.putArray("adapter_statuses");
    available.forEach(adapter -> statuses.addObject().put("adapter", adapter).put("observed_generation", generation)
        .set("last_definitive", JSON.createObjectNode().put("status", "True").put("observed_generation", generation)));
    clusters.put(id, cluster);
  }

  /** Answers fetches of a cluster with this status; 200 heals. */
  void failFetch(String id, int status) {
    getStatus.put(id, status);
  }

  /** Answers reports about a cluster with this status; they are kept in any case. */
  void answerReports(String id, int status) {
    putStatus.put(id, status);
  }

  /** Every report about a cluster, in the order in which they came. */
  List<JsonNode> reports(String id) {
    return reports.computeIfAbsent(id, key -> new CopyOnWriteArrayList<>());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var match = CLUSTER.matcher(exchange.getRequestURI().getPath());
      if (!match.matches()) {
        send(exchange, 404, JSON.createObjectNode());
        return;
      }
      var id = match.group(1);
      if (List.of("PUT", "POST").contains(exchange.getRequestMethod())) {
        var report = JSON.readTree(exchange.getRequestBody());
        reports(id).add(report);
        int status = putStatus.getOrDefault(id, 201);
        send(exchange, status, status == 204 ? null : report);
        return;
      }
      int status = getStatus.getOrDefault(id, 200);
      if (status != 200 || !clusters.containsKey(id)) {
        send(exchange, status == 200 ? 404 : status, JSON.createObjectNode());
      } else {
        send(exchange, 200, match.group(2) == null ? withReports(id) : statuses(id));
      }
    }
  }

  private JsonNode withReports(String id) {
    var cluster = clusters.get(id).deepCopy();
    var statuses = (ArrayNode) cluster.get("adapter_statuses");
    if (!reports(id).isEmpty()) {
      statuses.add(reports(id).get(reports(id).size() - 1));
    }
    return cluster;
  }

  private JsonNode statuses(String id) {
    return JSON.createObjectNode().set("items", withReports(id).get("adapter_statuses"));
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    var bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("X-HyperFleet-Time", Instant.now().toString());
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
