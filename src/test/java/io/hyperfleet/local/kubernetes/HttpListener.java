package io.hyperfleet.local.kubernetes;

import io.hyperfleet.local.kubernetes.resource.ApiAnswer;
import io.hyperfleet.local.kubernetes.resource.ApiRequest;
import io.hyperfleet.local.kubernetes.resource.Watch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The HTTP side, on the Vert.x that fabric8's mock server runs on too. It is not that mock server's own listener, which
 * sends every body whole: kubectl's and other clients' watches are bodies that never end.
 */
final class HttpListener {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int ATTEMPTS = 100;
  private static final Set<Integer> CHOSEN = ConcurrentHashMap.newKeySet();

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(1)
      .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
  private final Function<ApiRequest, ApiAnswer> api;
  private final Map<Watch, Runnable> watches = new ConcurrentHashMap<>();
  private HttpServer server;

  HttpListener(Function<ApiRequest, ApiAnswer> api) {
    this.api = api;
  }

  /**
   * Listens on a port and tells which; throws what the bind threw. For 0 it is any free one below those that systems
   * give to outgoing connections, and no other server's of this process, so that nobody else has it when this one
   * listens again.
   */
  int listen(int port) {
    for (int attempt = 1; port == 0 && attempt < ATTEMPTS; attempt++) {
      int chosen = ThreadLocalRandom.current().nextInt(20_000, 25_000);
      try {
        if (CHOSEN.add(chosen)) {
          return bind(chosen);
        }
      } catch (IllegalStateException taken) {
        // The next one may be free.
      }
    }
    return bind(port);
  }

  private int bind(int port) {
    server = vertx.createHttpServer(new HttpServerOptions().setHost(LOOPBACK).setPort(port).setIdleTimeout(0)
        .setMaxInitialLineLength(65_536).setMaxHeaderSize(65_536)).requestHandler(this::handle);
    await(server.listen());
    return server.actualPort();
  }

  /** Stops listening and cuts every connection, as a server that went away does. */
  void stop() {
    watches.values().forEach(Runnable::run);
    await(server.close());
  }

  void close() {
    watches.keySet().forEach(Watch::stop);
    await(vertx.close());
  }

  private void handle(HttpServerRequest request) {
    var upgrade = "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    var body = upgrade ? Future.succeededFuture(Buffer.buffer()) : request.body();
    body.onSuccess(buffer -> {
      var answer = api.apply(read(request, buffer.getBytes()));
      if (answer.watch() == null) {
        answer.headers().forEach(request.response()::putHeader);
        request.response().setStatusCode(answer.status()).putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
            .end(answer.body());
      } else if (upgrade) {
        webSocket(request, answer.watch());
      } else {
        stream(request, answer.watch());
      }
    });
  }

  private static ApiRequest read(HttpServerRequest request, byte[] body) {
    var query = new HashMap<String, String>();
    request.params().forEach(entry -> query.put(entry.getKey(), entry.getValue()));
    var headers = new HashMap<String, String>();
    request.headers().forEach(entry -> headers.merge(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue(),
        (first, second) -> first + "," + second));
    return new ApiRequest(request.method().name(), request.path(), query, headers, body);
  }

  private void stream(HttpServerRequest request, Watch watch) {
    var response = request.response().setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    response.closeHandler(closed -> forget(watch));
    response.exceptionHandler(error -> forget(watch));
    // Clients wait for the head of the answer before they believe in the watch.
    response.write("");
    start(watch, line -> response.write(line), response::end, request.connection()::close);
  }

  private void webSocket(HttpServerRequest request, Watch watch) {
    request.toWebSocket().onSuccess(socket -> {
      socket.closeHandler(closed -> forget(watch));
      socket.exceptionHandler(error -> forget(watch));
      start(watch, socket::writeTextMessage, socket::close, socket::close);
    });
  }

  private void start(Watch watch, Consumer<String> send, Runnable end, Runnable cut) {
    var context = vertx.getOrCreateContext();
    watches.put(watch, cut);
    // Every line takes the same queue, whichever thread it comes from: the order of changes is the order of lines.
    watch.start(line -> context.runOnContext(queued -> {
      if (watches.containsKey(watch)) {
        send.accept(line);
      }
    }));
    if (watch.timeout() > 0) {
      vertx.setTimer(watch.timeout() * 1000L, timer -> {
        if (forget(watch)) {
          end.run();
        }
      });
    }
  }

  private boolean forget(Watch watch) {
    watch.stop();
    return watches.remove(watch) != null;
  }

  private static void await(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }
}
