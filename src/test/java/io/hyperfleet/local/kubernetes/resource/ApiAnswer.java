package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An answer: a body, or a watch that goes on. */
public record ApiAnswer(int status, String contentType, String body, Map<String, String> headers, Watch watch) {

  public static ApiAnswer json(int status, JsonNode body) {
    return new ApiAnswer(status, "application/json", Json.write(body), Map.of(), null);
  }

  public static ApiAnswer text(int status, String body) {
    return new ApiAnswer(status, "text/plain; charset=utf-8", body, Map.of(), null);
  }

  public static ApiAnswer watch(Watch watch) {
    return new ApiAnswer(200, "application/json", "", Map.of(), watch);
  }

  public static ApiAnswer error(ApiError error) {
    return json(error.code(), error.status()).withHeaders(error.headers());
  }

  /** With what kubectl shows beside the answer. */
  public ApiAnswer warn(List<String> warnings) {
    return warnings.isEmpty()
        ? this
        : withHeaders(Map.of("Warning", warnings.stream()
            .map(text -> "299 - \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .collect(Collectors.joining(", "))));
  }

  ApiAnswer withHeaders(Map<String, String> more) {
    return new ApiAnswer(status, contentType, body, more, watch);
  }
}
