package io.hyperfleet.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of traces for a test: takes OTLP over HTTP, in protobuf, as real ones do. */
public final class OtlpReceiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  public static OtlpReceiver start() throws IOException {
    var receiver = new OtlpReceiver(HttpServer.create(new InetSocketAddress("localhost", 0), 0));
    receiver.server.createContext("/v1/traces", receiver::take);
    receiver.server.start();
    return receiver;
  }

  /** For {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
  public String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** The spans of a trace, by the time of their start. */
  public List<Span> trace(String traceId) {
    return spans.stream().filter(span -> id(span.getTraceId().toByteArray()).equals(traceId))
        .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano)).toList();
  }

  /** The span that a span was made in, where it has arrived. */
  public Optional<Span> parent(Span span) {
    return spans.stream().filter(other -> other.getSpanId().equals(span.getParentSpanId())).findFirst();
  }

  public static String id(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()).getResourceSpansList().stream()
          .flatMap(resource -> resource.getScopeSpansList().stream())
          .forEach(scope -> spans.addAll(scope.getSpansList()));
      var answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
