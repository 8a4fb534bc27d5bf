package io.hyperfleet.local;

import io.hyperfleet.local.JsonClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A HyperFleet in a JVM of its own, which can be killed; what it says is in {@code target/spawned/<name>.log}. */
public final class SpawnedFleet implements AutoCloseable {

  private static final Duration LONGEST_STOP = Duration.ofMinutes(1);

  private final JsonClient json = new JsonClient();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final int port;
  private final int managementPort;

  private SpawnedFleet(Process process, Path log, int port, int managementPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Starts one with a heap of 512 MB and no more environment; see the other {@code start}. */
  public static SpawnedFleet start(String name, Collection<String> properties) throws IOException {
    return start(name, List.of("-Xmx512m"), Map.of(), properties);
  }

  /**
   * Starts one.
   *
   * @param name of its log
   * @param jvm arguments of the JVM
   * @param environment variables beside those of this process
   * @param properties as {@code key=value}; they win over the API's address that is set here; the ports are this
   * class's
   */
  public static SpawnedFleet start(String name, List<String> jvm, Map<String, String> environment,
      Collection<String> properties) throws IOException {
    int port = LocalFleet.freePort();
    int managementPort = LocalFleet.freePort();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
        LocalHyperFleet.class.getName()));
    var settings = new LinkedHashMap<>(Map.of("server.port", String.valueOf(port), "management.server.port",
        String.valueOf(managementPort), "hyperfleet.api.base-url", "http://localhost:" + port));
    for (String property : properties) {
      var pair = property.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    settings.forEach((key, value) -> command.add("--" + key + "=" + value));
    var log = Path.of("target", "spawned", name + ".log");
    Files.createDirectories(log.getParent());
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    return new SpawnedFleet(process, log, port, managementPort);
  }

  /**
   * Whether {@code /readyz} says so.
   *
   * @throws IllegalStateException when the process has ended
   */
  public boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the process has ended, see " + log);
    }
    try {
      return json.send("http://localhost:" + managementPort + "/readyz", "GET", null).body().path("status").asText()
          .equals("ok");
    } catch (IllegalStateException e) {
      return false;
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** The URL of the API with its base path. */
  public String apiUrl() {
    return "http://localhost:" + port + "/api/hyperfleet/v1";
  }

  public int apiPort() {
    return port;
  }

  /**
   * Sends a request to the API.
   *
   * @param body JSON, or null
   * @throws IllegalStateException when there is no answer
   */
  public Answer send(String method, String path, String body) {
    return json.send(apiUrl() + path, method, body);
  }

  /** Creates a cluster and answers its id. */
  public String createCluster(String name) {
    return send("POST", "/clusters", cluster(name)).body().required("id").asText();
  }

  /** The body of a request for a cluster. */
  public static String cluster(String name) {
    return "{\"kind\":\"Cluster\",\"name\":\"" + name + "\",\"spec\":{\"region\":\"us-east1\"}}";
  }

  public String phase(String id) {
    return send("GET", "/clusters/" + id, null).body().at("/status/phase").asText();
  }

  /** What {@code /metrics} says. */
  public String metrics() throws IOException {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/metrics"))
        .timeout(Duration.ofSeconds(10)).build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What it has said so far. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Ends it without a chance to tidy up (SIGKILL). */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /**
   * Asks it to stop (SIGTERM) and waits until it has.
   *
   * @return how long that took
   * @throws IllegalStateException when it has not within a minute
   */
  public Duration terminate() throws InterruptedException {
    long start = System.nanoTime();
    process.destroy();
    if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the process did not stop within " + LONGEST_STOP + ", see " + log);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    kill();
  }
}
