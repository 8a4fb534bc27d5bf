package io.hyperfleet.bench;

import io.hyperfleet.HyperFleetApplication;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.LocalHyperFleet;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application in a JVM of its own, and when that was started. What it says is in {@code target/bench/<name>.log}.
 */
final class StartedProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String CLASSPATH = System.getProperty("java.class.path");
  /** The jars of Spring Boot's web and actuator starters and of Camel's own. */
  private static final Pattern PLAIN = Pattern
      .compile(".*/(spring-(boot|core|beans|context|aop|expression|jcl|web|webmvc)|tomcat|"
          + "jackson-|logback|log4j|slf4j|jul-|snakeyaml|jakarta|micrometer|HdrHistogram|LatencyUtils|camel-)[^/]*");
  private static final Pattern NOT_PLAIN = Pattern.compile(
      ".*/(camel-(google|kubernetes|http|jackson|sql|yaml|cloudevents|test)|spring-boot-(test|starter-(jdbc|oauth))"
          + "|spring-boot-configuration-processor|micrometer-registry)[^/]*");

  private final HttpClient http = HttpClient.newHttpClient();
  private final long start = System.nanoTime();
  private final Process process;
  private final URI health;
  private final int managementPort;

  private StartedProcess(String name, String classpath, String main, String healthPath, List<String> properties)
      throws IOException {
    int port = LocalFleet.freePort();
    managementPort = port;
    health = URI.create("http://localhost:" + port + healthPath);
    var command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
            "-cp", classpath, main, "--server.port=" + LocalFleet.freePort(), "--management.server.port=" + port));
    properties.forEach(property -> command.add("--" + property));
    var log = Path.of("target", "bench", name + ".log");
    Files.createDirectories(log.getParent());
    process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** An empty application, without the product and what only that needs on its class path. */
  static StartedProcess empty() throws IOException {
    var home = Path.of("target", "bench", "empty", "io", "hyperfleet", "bench");
    Files.createDirectories(home);
    for (String name : List.of("EmptyApplication", "EmptyApplication$1")) {
      try (var code = EmptyApplication.class.getResourceAsStream(name + ".class")) {
        Files.write(home.resolve(name + ".class"), code.readAllBytes());
      }
    }
    var jars = entries().filter(entry -> PLAIN.matcher(entry).matches() && !NOT_PLAIN.matcher(entry).matches());
    return new StartedProcess("empty", Stream.concat(Stream.of("target/bench/empty"), jars)
        .collect(Collectors.joining(File.pathSeparator)), EmptyApplication.class.getName(), "/actuator/health",
        List.of());
  }

  /** All that the local start has, with its services in the same process and its PostgreSQL on that port. */
  static StartedProcess localStart(int postgresPort) throws IOException {
    return new StartedProcess("local", CLASSPATH, LocalHyperFleet.class.getName(), "/readyz",
        List.of("hyperfleet.local.postgres.port=" + postgresPort, "hyperfleet.local.pubsub.port=0",
            "hyperfleet.local.kubernetes.port=0", "hyperfleet.local.kubeconfig=target/bench/kubeconfig"));
  }

  /** One role of the product, with the services that a fleet has. */
  static StartedProcess role(String role, LocalFleet fleet) throws IOException {
    var properties = new ArrayList<>(List.of("hyperfleet.roles=" + role, "hyperfleet.auth.enabled=false",
        "hyperfleet.adapters.enabled=validation", "hyperfleet.api.base-url=http://localhost:" + fleet.apiPort()));
    for (String key : List.of("spring.datasource.url", "spring.datasource.username", "spring.datasource.password",
        "hyperfleet.broker.emulator-host", "hyperfleet.kubernetes.kubeconfig")) {
      properties.add(key + "=" + fleet.property(key));
    }
    return new StartedProcess(role, entries().filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator)), HyperFleetApplication.class.getName(), "/readyz", properties);
  }

  private static Stream<String> entries() {
    return Stream.of(CLASSPATH.split(File.pathSeparator));
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  int managementPort() {
    return managementPort;
  }

  double secondsUntilReady() throws InterruptedException {
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("not ready: see target/bench, " + health);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return Measurements.rounded((System.nanoTime() - start) / 1e9);
  }

  private boolean isReady() throws InterruptedException {
    try {
      return http.send(HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build(), BodyHandlers.discarding())
          .statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** What the process has of the machine's memory; NaN where there is no {@code /proc}. */
  double residentMiB() throws IOException {
    var status = Path.of("/proc", String.valueOf(process.pid()), "status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum() >> 10
        : Double.NaN;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
