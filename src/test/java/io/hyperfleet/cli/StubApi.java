package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.hyperfleet.dryrun.HyperFleetCommands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** An API that answers what a test has it say, also what the real one never would; and the commands that ask it. */
final class StubApi implements AutoCloseable {

  /** What a command printed, and how it ended. */
  record Run(int exit, String out, String err) {}

  record Answer(int status, String body) {}

  /** Answers a request; the path is the part below the base, with its query decoded. */
  interface Script {
    Answer answer(String method, String path);
  }

  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Script script;

  StubApi(Script script) {
    this.script = script;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> {
      try (exchange) {
        exchange.getRequestBody().readAllBytes();
        var uri = exchange.getRequestURI();
        var path = uri.getPath().replaceFirst("^/api/hyperfleet/v1", "")
            + (uri.getQuery() == null ? "" : "?" + uri.getQuery());
        asked.add(exchange.getRequestMethod() + " " + path);
        var answer = this.script.answer(exchange.getRequestMethod(), path);
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.status() == 307) {
          exchange.getResponseHeaders().add("Location", "http://localhost:1/");
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    });
    server.start();
  }

  void use(Script script) {
    this.script = script;
  }

  List<String> asked() {
    return asked;
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  static Answer ok(JsonNode body) {
    return new Answer(200, body.toString());
  }

  /** Runs a command against it. */
  Run run(String... args) {
    return ask(url(), args);
  }

  static Run ask(String server, String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = Stream.concat(Stream.of(args), Stream.of("--server", server)).toArray(String[]::new);
    int exit = HyperFleetCommands.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    return new Run(exit, out.toString(), err.toString());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
