package io.hyperfleet.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.client.ApiProperties;
import io.hyperfleet.log.FailureMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;

/** Checks that the API responds and accepts this process's token. */
final class ApiPart {

  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final String BASE = "/api/hyperfleet";

  private ApiPart() {}

  static String look(Binder configuration) throws Wrong, IOException, InterruptedException {
    var properties = configuration.bindOrCreate("hyperfleet.api", ApiProperties.class);
    var url = properties.baseUrl() == null ? "" : properties.baseUrl().replaceFirst("/+$", "");
    if (!url.matches("https?://[^\\s]+")) {
      throw new Wrong("hyperfleet.api.base-url: '" + url + "' is not a URL; it must begin with http:// or https://");
    }
    var about = send(url, BASE, null);
    if (about.statusCode() != OK || !version(about.body()).isPresent()) {
      throw new Wrong("not a HyperFleet API: " + url + BASE + " (" + about.statusCode()
          + "); check hyperfleet.api.base-url, which has no path");
    }
    var token = token(properties);
    var list = send(url, BASE + "/v1/clusters?size=1", token);
    if (list.statusCode() != OK) {
      throw new Wrong(
          url + " answers " + list.statusCode() + " to a list of clusters" + hint(list.statusCode(), token));
    }
    return url + ", version " + version(about.body()).get() + (token == null ? "" : ", with a token");
  }

  private static HttpResponse<String> send(String url, String path, String token)
      throws Wrong, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(LONGEST);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return HttpClient.newBuilder().connectTimeout(LONGEST).build()
          .send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Wrong(
          url + " does not answer: " + FailureMessage.of(e) + "; start it, or check hyperfleet.api.base-url");
    }
  }

  private static Optional<String> version(String body) {
    try {
      var json = JSON.readTree(body);
      return "hyperfleet".equals(json.path("id").asText())
          ? Optional.of(json.path("version").asText("unknown"))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String token(ApiProperties properties) throws Wrong {
    if (properties.tokenFile() == null || properties.tokenFile().isBlank()) {
      return null;
    }
    try {
      var token = Files.readString(Path.of(properties.tokenFile())).strip();
      if (token.isEmpty()) {
        throw new Wrong("hyperfleet.api.token-file: " + properties.tokenFile() + " is empty");
      }
      return token;
    } catch (IOException e) {
      throw new Wrong("hyperfleet.api.token-file: " + properties.tokenFile() + " cannot be read");
    }
  }

  private static String hint(int status, String token) {
    return switch (status) {
      case 401 -> token == null
          ? ": it requires a token; set hyperfleet.api.token-file"
          : ": it rejects the token in hyperfleet.api.token-file";
      case 403 -> ": the token's user may not read clusters";
      case 503 -> ": it cannot reach its database";
      default -> "";
    };
  }
}
