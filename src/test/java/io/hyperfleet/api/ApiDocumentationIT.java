package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.docs.CurlCommand;
import io.hyperfleet.docs.Page;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/api.md: all of them work, and every operation has one. */
class ApiDocumentationIT extends ApiIT {

  private static final Pattern EXAMPLE = Pattern.compile("(?m)^# (\\d{3})\\n(curl .*)$");
  private static final String ANYTHING = "...";

  private final Map<String, String> variables = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private JsonNode answered;

  @Test
  void everyOperationHasAnExampleThatWorks() throws Exception {
    variables.put("API", "http://localhost:" + port() + "/api/hyperfleet/v1");
    for (var block : Page.of(Path.of("docs/api.md")).blocks()) {
      if (block.language().equals("bash")) {
        assertThat(CurlCommand.in(block.text())).as("each has its status above it")
            .hasSameSizeAs(EXAMPLE.matcher(block.text()).results().toList());
        run(block.text());
      } else if (block.language().equals("json")) {
        assertShown(json.readTree(block.text()), answered, "");
      }
    }
    assertThat(new Contract(get("/openapi").body()).operations())
        .allSatisfy(operation -> assertThat(asked).as("%s", operation).anyMatch(
            request -> request.matches(operation.method() + " " + operation.path().replaceAll("\\{\\w+}", "[^/]+"))));
  }

  private void run(String block) throws Exception {
    var examples = EXAMPLE.matcher(block);
    while (examples.find()) {
      var command = examples.group(2).replace("localhost:8000", "localhost:" + port());
      var request = CurlCommand.request(command, variables);
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("%s%n%s", command, answer.body()).hasToString(examples.group(1));
      asked.add(request.method() + " " + request.uri().getPath());
      boolean isJson = answer.headers().firstValue("content-type").orElse("").contains("json");
      answered = isJson ? json.readTree(answer.body()) : null;
      remember();
    }
  }

  private void remember() {
    if (answered != null && answered.path("href").asText().contains("/operations/")) {
      variables.put("OPERATION", answered.get("id").asText());
    } else if (answered != null && answered.has("id") && !answered.path("name").asText().equals("another")) {
      variables.put(answered.path("kind").asText().equals("NodePool") ? "POOL" : "CLUSTER",
          answered.get("id").asText());
    }
    if (answered != null && answered.at("/items/0/event_id").isTextual()) {
      variables.put("EVENT", answered.at("/items/0/event_id").asText());
    }
  }

  /** What is shown is a part of the answer; lists may go on. */
  private static void assertShown(JsonNode shown, JsonNode answer, String where) {
    if (shown.isObject() && !shown.isEmpty()) {
      shown.properties().forEach(property -> assertShown(property.getValue(), answer.path(property.getKey()),
          where + "/" + property.getKey()));
    } else if (shown.isArray() && !shown.isEmpty()) {
      for (int i = 0; i < shown.size(); i++) {
        assertShown(shown.get(i), answer.path(i), where + "/" + i);
      }
    } else if (shown.asText().equals(ANYTHING)) {
      assertThat(answer.isValueNode()).as(where).isTrue();
    } else {
      assertThat(answer).as(where).isEqualTo(shown);
    }
  }
}
