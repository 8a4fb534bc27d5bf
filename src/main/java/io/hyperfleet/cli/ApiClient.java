package io.hyperfleet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.log.FailureMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLException;

/** The client of commands for the API. Redirects are not followed, so that the token is not sent elsewhere. */
public final class ApiClient {

  /** A response below 400; the time is the server's, or this machine's if the server sends none. */
  public record Answer(int status, JsonNode body, Instant time) {}

  static final String ENDPOINT_NOT_FOUND = "HYPERFLEET-NTF-000";

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int FIRST_ERROR = 400;
  private static final int FIRST_REDIRECT = 300;
  private static final ObjectMapper JSON = mapper();

  private final FleetSettings settings;
  private final HttpClient client;

  ApiClient(FleetSettings settings) {
    this.settings = settings;
    var builder = HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1);
    if (settings.caFile() != null) {
      builder.sslContext(Certificates.context(settings.caFile()));
    }
    this.client = builder.build();
  }

  /** Numbers of any size are kept exactly. */
  private static ObjectMapper mapper() {
    var mapper = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
    mapper.getFactory().setStreamReadConstraints(WholeNumbers.LONG_NUMBERS);
    return mapper;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** A value, encoded for a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Gets a path below the API's base.
   *
   * @throws FleetException without a response, or with an error response
   */
  public Answer get(String path) {
    return send("GET", path, null);
  }

  /**
   * Sends a request.
   *
   * @param body null for none
   * @throws FleetException without a response, or with an error response
   */
  Answer send(String method, String path, JsonNode body) {
    var url = settings.server() + path;
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).header("Accept", "application/json").method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (settings.token() != null) {
      request.header("Authorization", "Bearer " + settings.token());
    }
    var answer = answer(request.build());
    if (answer.statusCode() >= FIRST_ERROR) {
      throw refused(answer);
    }
    if (answer.statusCode() >= FIRST_REDIRECT) {
      throw new FleetException(Exit.WRONG, settings.server() + " redirects elsewhere (" + answer.statusCode()
          + "), which is not followed: use the URL of the API itself");
    }
    var json = json(answer.body());
    if (json == null && answer.body().length > 0) {
      throw new FleetException(Exit.WRONG, settings.server() + " does not return JSON; use the URL of the HyperFleet "
          + "API, such as http://localhost:8000");
    }
    return new Answer(answer.statusCode(), json == null ? object() : json, time(answer));
  }

  private HttpResponse<byte[]> answer(HttpRequest request) {
    var sent = client.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new FleetException(Exit.AWAY, settings.server() + " does not answer: " + reason(e.getCause()), e);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new FleetException(Exit.AWAY, settings.server() + " does not answer: " + late(), e);
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new FleetException(Exit.AWAY, "interrupted", e);
    }
  }

  private static String reason(Throwable failure) {
    if (failure instanceof HttpTimeoutException) {
      return late();
    }
    if (failure instanceof ConnectException) {
      return "connection refused or unknown host; set the API's URL with --server, $HYPERFLEET_SERVER or 'server' in "
          + "the configuration file";
    }
    return failure instanceof SSLException
        ? FailureMessage.of(failure) + "; set the CA certificates to trust with --ca-file"
        : FailureMessage.of(failure);
  }

  private static String late() {
    return "no response within " + LIMIT.toSeconds() + " s";
  }

  private FleetException refused(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    var problem = json(answer.body());
    var message = new StringBuilder();
    if (problem == null || problem.path("detail").asText().isEmpty()) {
      message.append(settings.server()).append(" answers ").append(status);
    } else {
      message.append(TerminalText.clean(problem.path("detail").asText()));
    }
    if (problem != null && problem.path("errors").isArray()) {
      message.append(StreamSupport.stream(problem.path("errors").spliterator(), false)
          .map(error -> TerminalText.clean(error.path("message").asText())).filter(text -> message.indexOf(text) < 0)
          .map(text -> "\n  " + text).collect(Collectors.joining()));
    }
    if (problem != null && problem.hasNonNull("code")) {
      message.append(" (").append(TerminalText.clean(problem.path("code").asText())).append(')');
    }
    if (Exit.of(status) == Exit.NOT_ALLOWED) {
      message.append(settings.token() == null
          ? "; no token given: set --token-file, $HYPERFLEET_TOKEN or the configuration file"
          : "; the token comes from " + settings.tokenSource());
    }
    answer.headers().firstValue("Retry-After")
        .ifPresent(after -> message.append("; try again in ").append(TerminalText.clean(after))
            .append(" s"));
    return new Refused(Exit.of(status), message.toString(), problem == null ? "" : problem.path("code").asText());
  }

  /** An error response of the API. */
  static final class Refused extends FleetException {

    private static final long serialVersionUID = 1;

    private final String code;

    Refused(Exit exit, String message, String code) {
      super(exit, message);
      this.code = code;
    }

    /** The problem code; empty if there is none. */
    String code() {
      return code;
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      var json = JSON.readTree(body);
      return json == null || !json.isObject() ? null : json;
    } catch (JsonProcessingException e) {
      // Not a message of the API; the caller explains it.
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant time(HttpResponse<?> answer) {
    var time = Times.parsed(answer.headers().firstValue("X-HyperFleet-Time").orElse(null));
    return time == null ? Instant.now() : time;
  }
}
