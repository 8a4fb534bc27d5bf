package io.hyperfleet.dryrun.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.log.FailureMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads from a running API; read-only. */
public final class LivingApi {

  private static final String BASE_PATH = "/api/hyperfleet/v1";
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");
  private static final ObjectMapper JSON = WholeNumbers.mapper();

  private final Path tokenFile;
  private HttpClient client;

  /**
   * A reader of APIs.
   *
   * @param tokenFile file with the bearer token, read for each request since tokens are renewed; null for none
   */
  public LivingApi(Path tokenFile) {
    this.tokenFile = tokenFile;
  }

  /** The URL below which an API has its resources, of one that may or may not have the API's path already. */
  public static String base(String api) {
    int path = api.indexOf(BASE_PATH);
    return path < 0 ? api.replaceFirst("/+$", "") + BASE_PATH : api.substring(0, path + BASE_PATH.length());
  }

  /** A resource with its reports; empty if it does not exist. */
  public Optional<Map<String, Object>> resource(String url) {
    return get(url.contains("?") ? url : url + "?include=statuses");
  }

  /**
   * The JSON object that is found at a URL; empty where there is nothing.
   *
   * @throws InputException when the API does not answer, or not so
   */
  @SuppressWarnings("unchecked")
  public Optional<Map<String, Object>> get(String url) {
    var shown = url.replaceFirst("\\?.*", "");
    try {
      var answer = send(request(url));
      if (answer.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      if (answer.statusCode() != OK) {
        throw new InputException(shown + " answers " + answer.statusCode() + hint(answer.statusCode()));
      }
      if (JSON.readValue(answer.body(), Object.class) instanceof Map<?, ?> object) {
        return Optional.of((Map<String, Object>) object);
      }
      throw noJson(shown, null);
    } catch (JsonProcessingException e) {
      throw noJson(shown, e);
    } catch (IOException e) {
      throw new InputException(shown + " cannot be read: " + reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException(shown + " was not read", e);
    }
  }

  /** The client's own failures say little, or nothing. */
  private static String reason(IOException e) {
    if (e instanceof HttpTimeoutException) {
      return "no response within " + TIMEOUT.toSeconds() + " s";
    }
    return e instanceof ConnectException
        ? "no server responds at this host and port; start the API, or correct the URL"
        : FailureMessage.of(e);
  }

  private static InputException noJson(String url, Exception cause) {
    return new InputException(url + " does not return a JSON object; use the URL of the HyperFleet API, such as "
        + "http://localhost:8000" + BASE_PATH + "/clusters/<id>", cause);
  }

  private String hint(int status) {
    return switch (status) {
      case UNAUTHORIZED, FORBIDDEN -> tokenFile == null
          ? "; --token-file names the file with a token"
          : "; the token in " + tokenFile + " is not accepted";
      default -> "; the API must answer 200";
    };
  }

  private HttpRequest request(String url) {
    try {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).header("Accept", "application/json");
      if (tokenFile != null) {
        request.header("Authorization", "Bearer " + token());
      }
      return request.build();
    } catch (IllegalArgumentException e) {
      throw new InputException(url + ": not the URL of an API: " + FailureMessage.of(e), e);
    }
  }

  private String token() {
    String token;
    try {
      token = Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw new InputException(tokenFile + ": not a readable file with a bearer token", e);
    }
    if (!TOKEN.matcher(token).matches()) {
      throw new InputException(tokenFile + ": not a bearer token; must be one line of visible ASCII characters");
    }
    return token;
  }

  private synchronized HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    if (client == null) {
      client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    }
    return client.send(request, BodyHandlers.ofString());
  }
}
