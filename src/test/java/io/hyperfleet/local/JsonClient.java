package io.hyperfleet.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends JSON over HTTP and reads JSON, as a user of the API does. */
public final class JsonClient {

  /** What a request was answered with; the body is a missing node when it is no JSON. */
  public record Answer(int status, JsonNode body, HttpHeaders headers) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /**
   * Sends a request and waits for its answer, 20 seconds at most.
   *
   * @param json the body, or null for none
   * @throws IllegalStateException when there is no answer
   */
  public Answer send(String url, String method, String json) {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json)).build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
      return new Answer(response.statusCode(),
          isJson && !response.body().isEmpty() ? JSON.readTree(response.body()) : JSON.missingNode(),
          response.headers());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + url + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
