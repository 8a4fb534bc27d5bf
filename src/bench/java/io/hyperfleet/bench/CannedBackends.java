package io.hyperfleet.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HyperFleet API and the Kubernetes API as an adapter sees them when nothing changes: the cluster is Ready, the Job
 * has succeeded, every report is taken. They cost next to nothing, so that what is measured is the adapter.
 */
final class CannedBackends implements AutoCloseable {

  private static final String API = "/api/hyperfleet/v1";

  private final HttpServer server;
  private final Semaphore reports = new Semaphore(0);
  private final AtomicInteger requests = new AtomicInteger();

  CannedBackends() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(8, task -> {
      var thread = new Thread(task, "canned");
      thread.setDaemon(true);
      return thread;
    }));
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A kubeconfig that leads here. */
  Path kubeconfig() throws IOException {
    return Files.writeString(Files.createTempFile("bench", ".kubeconfig"), """
        apiVersion: v1
        kind: Config
        current-context: bench
        clusters: [{name: bench, cluster: {server: "%s"}}]
        users: [{name: bench, user: {}}]
        contexts: [{name: bench, context: {cluster: bench, user: bench, namespace: hyperfleet-adapters}}]
        """.formatted(url()));
  }

  /** Waits until that many more reports have come. */
  void awaitReports(int count) throws InterruptedException {
    reports.acquire(count);
  }

  /** How many requests have come so far. */
  int requests() {
    return requests.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    var path = exchange.getRequestURI().getPath();
    exchange.getRequestBody().readAllBytes();
    if (path.startsWith(API + "/clusters/") && path.endsWith("/statuses")) {
      send(exchange, 201, "{}");
      reports.release();
    } else if (path.startsWith(API + "/clusters/")) {
      exchange.getResponseHeaders().set("X-HyperFleet-Time", Instant.now().toString());
      send(exchange, 200, cluster(path.substring(path.lastIndexOf('/') + 1)));
    } else if (path.contains("/jobs/")) {
      send(exchange, 200, job(path.substring(path.lastIndexOf('/') + 1)));
    } else {
      send(exchange, 200, "{}");
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String cluster(String id) {
    return """
        {"id":"%s","kind":"Cluster","name":"bench","generation":1,"href":"/api/hyperfleet/v1/clusters/%s",
         "spec":{"region":"us-east1","provider":"gcp","nodes":3},"labels":{"team":"a"},
         "status":{"phase":"Ready","conditions":[{"type":"Reconciled","status":"True","reason":"ReconciledAll"}]},
         "adapter_statuses":[%s,%s,%s]}
        """.formatted(id, id, report("validation"), report("dns"), report("placement"));
  }

  private static String report(String adapter) {
    return """
        {"adapter":"%s","observed_generation":1,"data":{"dns":"bench.clusters.example.com"},"conditions":[
          {"type":"Applied","status":"True","reason":"JobLaunched"},{"type":"Available","status":"True","reason":"JobSucceeded"},
          {"type":"Health","status":"True","reason":"AllChecksPassed"}],
         "last_definitive":{"status":"True","reason":"JobSucceeded","observed_generation":1,
          "data":{"dns":"bench.clusters.example.com"}}}
        """.formatted(adapter);
  }

  private static String job(String name) {
    var id = name.replaceFirst("^placement-", "").replaceFirst("-gen1$", "");
    return """
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"%s","namespace":"hyperfleet-adapters","uid":"u",
          "resourceVersion":"7","labels":{"hyperfleet.io/cluster-id":"%s","hyperfleet.io/managed-by":"placement",
          "hyperfleet.io/resource-type":"job"},"annotations":{"hyperfleet.io/generation":"1"}},
         "spec":{"backoffLimit":3,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}},
         "status":{"succeeded":1,"startTime":"2026-01-01T00:00:00Z","completionTime":"2026-01-01T00:00:01Z",
          "conditions":[{"type":"Complete","status":"True","lastTransitionTime":"2026-01-01T00:00:01Z"}]}}
        """.formatted(name, id);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
