package io.hyperfleet.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashSet;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * The API's explanation of a failed request in one line: its problem details if it sent some, otherwise the status.
 */
final class ApiRefusal {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_FINDINGS = 5;

  private ApiRefusal() {}

  /** The status with title, detail and errors of fields. */
  static String words(HttpOperationFailedException failure) {
    var problem = problem(failure.getResponseBody());
    var texts = new LinkedHashSet<String>();
    add(texts, problem.path("detail"));
    problem.path("errors").forEach(error -> {
      if (texts.size() < MOST_FINDINGS) {
        add(texts, error.path("message"));
      }
    });
    return failure.getStatusCode() + (problem.path("title").isTextual() ? " " + problem.path("title").asText() : "")
        + (texts.isEmpty() ? "" : ": " + String.join("; ", texts));
  }

  private static void add(LinkedHashSet<String> texts, JsonNode text) {
    if (text.isTextual() && texts.stream().noneMatch(said -> said.contains(text.asText()))) {
      texts.add(text.asText());
    }
  }

  private static JsonNode problem(String body) {
    try {
      return body == null ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      // A gateway in between may respond with a page.
      return MissingNode.getInstance();
    }
  }
}
