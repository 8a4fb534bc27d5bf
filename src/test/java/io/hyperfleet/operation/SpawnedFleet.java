package io.hyperfleet.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.LocalHyperFleet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A HyperFleet in a JVM of its own, which can be killed; what it says is in {@code target/spawned/<name>.log}. */
final class SpawnedFleet implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final int managementPort;

  private SpawnedFleet(Process process, int port, int managementPort) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
  }

  static SpawnedFleet start(String name, List<String> properties) throws IOException {
    int port = LocalFleet.freePort();
    int managementPort = LocalFleet.freePort();
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
        LocalHyperFleet.class.getName(),
        "--server.port=" + port,
        "--management.server.port=" + managementPort,
        "--hyperfleet.api.base-url=http://localhost:" + port));
    properties.forEach(property -> command.add("--" + property));
    var log = Path.of("target", "spawned", name + ".log");
    Files.createDirectories(log.getParent());
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new SpawnedFleet(process, port, managementPort);
  }

  boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the process has ended");
    }
    try {
      return send("http://localhost:" + managementPort + "/readyz", null).path("status").asText().equals("ok");
    } catch (IOException e) {
      return false;
    }
  }

  /** Creates a cluster and answers its id. */
  String createCluster(String name) throws IOException {
    return send(clusters(), "{\"kind\":\"Cluster\",\"name\":\"" + name + "\",\"spec\":{\"region\":\"us-east1\"}}")
        .required("id").asText();
  }

  String phase(String id) {
    try {
      return send(clusters() + "/" + id, null).at("/status/phase").asText();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String clusters() {
    return "http://localhost:" + port + "/api/hyperfleet/v1/clusters";
  }

  private JsonNode send(String url, String json) throws IOException {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10))
        .header("Content-Type", "application/json")
        .method(json == null ? "GET" : "POST",
            json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
        .build();
    try {
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it without a chance to tidy up. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
