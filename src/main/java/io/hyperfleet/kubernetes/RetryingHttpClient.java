package io.hyperfleet.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Retries requests after no response, 429 and 5xx, with growing pauses or as the response demands. The client's own
 * retries only check the code, but Kubernetes also responds 500 to requests that can never succeed: a manifest that
 * does not match the schema, is too large, or is denied by an admission webhook. Such requests are sent once.
 */
final class RetryingHttpClient implements HttpClient {

  private static final int LONGEST_DOUBLED = 6;
  private static final int MOST_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final int retries;
  private final long pause;

  private RetryingHttpClient(HttpClient client, int retries, long pause) {
    this.client = client;
    this.retries = retries;
    this.pause = pause;
  }

  /**
   * Makes such clients of another factory's, which must not send again themselves; how often and when is the
   * configuration's.
   */
  static Factory factory(Factory factory, Config config) {
    int retries = config.getRequestRetryBackoffLimit();
    long pause = config.getRequestRetryBackoffInterval();
    return new Factory() {
      @Override
      public Builder newBuilder() {
        return retrying(factory.newBuilder(), Builder.class, retries, pause);
      }
    };
  }

  /** A builder of such clients; it delegates all settings to the real one. */
  private static <T extends DerivedClientBuilder> T retrying(T builder, Class<T> type, int retries, long pause) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (proxy, method, arguments) -> {
      try {
        var result = method.invoke(builder, arguments);
        return result == builder
            ? proxy
            : result instanceof HttpClient client ? new RetryingHttpClient(client, retries, pause) : result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, Class<T> type) {
    var result = new CompletableFuture<HttpResponse<T>>();
    send(request, type, 0, result);
    return result;
  }

  private <T> void send(HttpRequest request, Class<T> type, int failures, CompletableFuture<HttpResponse<T>> result) {
    var answer = client.sendAsync(request, type);
    result.whenComplete((done, failure) -> answer.cancel(true));
    answer.whenComplete((response, failure) -> {
      if (failures < retries && !result.isDone() && (response == null ? isLost(failure) : mayPass(response))) {
        CompletableFuture.delayedExecutor(pause(failures, response), TimeUnit.MILLISECONDS)
            .execute(() -> send(request, type, failures + 1, result));
      } else if (failure == null) {
        result.complete(response);
      } else {
        result.completeExceptionally(failure);
      }
    });
  }

  /** An answer that has begun and does not end has had its time. */
  private static boolean isLost(Throwable failure) {
    var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    return cause instanceof IOException && !(cause instanceof InterruptedIOException);
  }

  private static boolean mayPass(HttpResponse<?> response) {
    int code = response.code();
    return code == 429 || code >= 500 && !KubernetesErrors.isRefusal(code, status(response.body()));
  }

  private static Status status(Object body) {
    try {
      return body instanceof byte[] bytes ? JSON.readValue(bytes, Status.class) : null;
    } catch (IOException e) {
      // For example a page of a proxy; only the code counts.
      return null;
    }
  }

  /** Milliseconds. */
  private long pause(int failures, HttpResponse<?> response) {
    long longest = pause << Math.min(failures, LONGEST_DOUBLED);
    return Math.max(asked(response), longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
  }

  private static long asked(HttpResponse<?> response) {
    var seconds = response == null ? null : response.header("Retry-After");
    return seconds != null && seconds.matches("\\d{1,6}")
        ? Math.min(Integer.parseInt(seconds), MOST_SECONDS) * 1000L
        : 0;
  }

  @Override
  public CompletableFuture<HttpResponse<AsyncBody>> consumeBytes(HttpRequest request,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    return client.consumeBytes(request, consumer);
  }

  @Override
  public DerivedClientBuilder newBuilder() {
    return retrying(client.newBuilder(), DerivedClientBuilder.class, retries, pause);
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return client.newWebSocketBuilder();
  }

  @Override
  public HttpRequest.Builder newHttpRequestBuilder() {
    return client.newHttpRequestBuilder();
  }

  @Override
  public boolean isClosed() {
    return client.isClosed();
  }

  @Override
  public void close() {
    client.close();
  }
}
