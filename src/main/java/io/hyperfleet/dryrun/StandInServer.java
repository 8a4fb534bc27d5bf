package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hyperfleet.json.WholeNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * The HyperFleet API and the Kubernetes API of a dry run, on a free port of the loopback address, used through the
 * usual HTTP clients.
 */
final class StandInServer implements AutoCloseable {

  /** A response; a null body means none, and status 0 closes the connection without a response. */
  record Answer(int status, Map<String, Object> body) {}

  private static final String KUBERNETES = "/kubernetes";
  private static final ObjectMapper JSON = WholeNumbers.mapper();

  static {
    // The JDK's server sends head and body apart; the kernel would keep the body back for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private volatile StandInApi api;
  private volatile StandInKubernetes kubernetes;

  StandInServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> answer(exchange, api.answer(exchange.getRequestMethod(),
        exchange.getRequestURI(), body(exchange))));
    server.createContext(KUBERNETES, exchange -> answer(exchange, kubernetes.answer(exchange.getRequestMethod(),
        exchange.getRequestURI().getPath().substring(KUBERNETES.length()), exchange.getRequestURI().getQuery(),
        body(exchange))));
    server.start();
  }

  /** Answers from these from now on. */
  void use(StandInApi api, StandInKubernetes kubernetes) {
    this.api = api;
    this.kubernetes = kubernetes;
  }

  String apiUrl() {
    return "http://" + address();
  }

  String kubernetesUrl() {
    return "http://" + address() + KUBERNETES;
  }

  private String address() {
    return server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    return bytes.length == 0 ? Map.of() : JSON.readValue(bytes, Map.class);
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      if (answer.status() == 0) {
        return;
      }
      byte[] bytes = answer.body() == null ? new byte[0] : JSON.writeValueAsBytes(answer.body());
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
