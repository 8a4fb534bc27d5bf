package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;

/**
 * Client of the API on behalf of the page's user: it sends the user's token, or none. It follows no redirects and keeps
 * no cookies. Thread-safe.
 */
final class ConsoleApi {

  private static final String BASE = "/api/hyperfleet/v1";

  private final HttpClient http;
  private final ObjectMapper json;
  private final URI api;
  private final Duration limit;

  /**
   * A client.
   *
   * @param api URL of the API, without its base path
   * @param trust the trusted CA certificates; null for the JVM's own
   */
  ConsoleApi(URI api, Duration limit, SSLContext trust, ObjectMapper json) {
    this.api = api;
    this.limit = limit;
    this.json = json;
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(limit);
    this.http = (trust == null ? client : client.sslContext(trust)).build();
  }

  /** A pending response. */
  static final class Pending {

    private final CompletableFuture<HttpResponse<byte[]>> future;
    private final ConsoleApi asked;
    private final long deadline;

    private Pending(CompletableFuture<HttpResponse<byte[]>> future, ConsoleApi asked) {
      this.future = future;
      this.asked = asked;
      this.deadline = System.nanoTime() + asked.limit.toNanos();
    }

    /**
     * Waits for the response.
     *
     * @throws ApiRefusal for an error response
     * @throws ApiAway without a response in time
     */
    JsonNode get() {
      return asked.read(this);
    }
  }

  /** Sends a GET and waits; see {@link Pending#get}. */
  JsonNode get(ApiCaller caller, String path) {
    return ask(caller, path).get();
  }

  /** Sends a GET without waiting. */
  Pending ask(ApiCaller caller, String path) {
    return begin(caller, path, "GET", null);
  }

  /** Sends an action and waits; see {@link Pending#get}. */
  JsonNode send(ApiCaller caller, String method, String path, Map<String, ?> body) {
    try {
      return begin(caller, path, method, json.writeValueAsString(body)).get();
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Pending begin(ApiCaller caller, String path, String method, String body) {
    var request = HttpRequest.newBuilder(URI.create(api + BASE + path))
        .header("Accept", "application/json").header("Accept-Encoding", "gzip").timeout(limit)
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    caller.headers().forEach(request::setHeader);
    return new Pending(http.sendAsync(request.build(), BodyHandlers.ofByteArray()), this);
  }

  private JsonNode read(Pending pending) {
    try {
      var answer = pending.future.get(pending.deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      var body = body(answer);
      if (answer.statusCode() / 100 != 2) {
        throw ApiRefusal.of(answer.statusCode(), body);
      }
      return body;
    } catch (TimeoutException e) {
      pending.future.cancel(true);
      throw new ApiAway("The API did not respond within " + limit.toSeconds() + " s.", e);
    } catch (ExecutionException | IOException e) {
      throw new ApiAway("The API cannot be reached at " + api + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiAway("The console is shutting down.", e);
    }
  }

  /** The tree of a body; a missing one where a refusal has none. */
  private JsonNode body(HttpResponse<byte[]> answer) throws IOException {
    if (answer.body().length == 0) {
      return MissingNode.getInstance();
    }
    if (!answer.headers().firstValue("Content-Type").orElse("").contains("json")) {
      if (answer.statusCode() / 100 == 2) {
        throw new IOException("the response is not JSON");
      }
      return MissingNode.getInstance();
    }
    boolean zipped = answer.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
    try (var raw = new ByteArrayInputStream(answer.body()); var in = zipped ? new GZIPInputStream(raw) : raw) {
      return json.readTree(in);
    }
  }
}
