package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Aborts responses that do not end. The client's own time limit applies only until a response starts, and then it waits
 * forever. Watches are excluded.
 */
final class ResponseDeadline implements Interceptor {

  static final String NAME = "answer-deadline";
  private static final Pattern WATCH = Pattern.compile("(^|.*&)watch=true(&.*|$)");

  private final Duration limit;
  private final boolean watches;

  /**
   * For a client.
   *
   * @param limit how long an answer may take, from its beginning
   * @param watches whether the client watches
   */
  ResponseDeadline(Duration limit, boolean watches) {
    this.limit = limit;
    this.watches = watches;
  }

  @Override
  public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (!(response.body() instanceof AsyncBody body) || watches && isWatch(request)) {
      return;
    }
    body.done().copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, failure) -> {
      if (failure instanceof TimeoutException) {
        body.done().completeExceptionally(
            new InterruptedIOException(
                "Kubernetes started a response but did not finish it within " + limit.toSeconds() + " s"));
        body.cancel();
      }
    });
  }

  private static boolean isWatch(HttpRequest request) {
    var query = request.uri().getRawQuery();
    return query != null && WATCH.matcher(query).matches();
  }
}
