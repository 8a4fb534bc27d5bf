package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** An error response of the API (RFC 9457). */
final class ApiRefusal extends RuntimeException {

  private final int status;
  private final String code;

  private ApiRefusal(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Parses a problem; other responses are described by their status. */
  static ApiRefusal of(int status, JsonNode problem) {
    var words = new ArrayList<String>();
    var detail = problem.path("detail").asText();
    words.add(detail.isBlank() ? problem.path("title").asText("") : detail);
    for (var error : problem.path("errors")) {
      var message = error.path("message").asText();
      if (!message.isBlank() && !message.equals(detail)) {
        words.add(message);
      }
    }
    words.removeIf(String::isBlank);
    var said = words.isEmpty() ? "The API answered " + status : String.join("; ", words);
    return new ApiRefusal(status, problem.path("code").asText(""), lead(status) + said);
  }

  private static String lead(int status) {
    return switch (status) {
      case 401 -> "The API did not accept your login: ";
      case 403 -> "You are not allowed to do this: ";
      case 404, 409, 400, 422 -> "";
      case 503 -> "The API is currently unavailable: ";
      default -> "The API answered " + status + ": ";
    };
  }

  int status() {
    return status;
  }

  /** Whether it is a 404: no such resource, or an older API. */
  boolean isNothing() {
    return status == 404 || status == 405;
  }

  /** Whether the path does not exist, as in an older API. */
  boolean isUnknownPath() {
    return status == 405 || status == 404 && !List.of("HYPERFLEET-NTF-001").contains(code);
  }
}
