package io.hyperfleet.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import io.hyperfleet.local.kubernetes.resource.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder below {@code kubernetes/golden} is a case: {@code in-<step>.yaml} is a request (request, type, body),
 * {@code out-<step>.yaml} its answer (status, body). An answer must hold the fields that are given, lists in full;
 * {@code null} means that the field is absent.
 */
class GoldenTest {

  private static final Path CASES = Path.of("src/test/resources/kubernetes/golden");

  private final HttpClient http = HttpClient.newHttpClient();

  @TestFactory
  Stream<DynamicTest> answersAsRecorded() throws IOException {
    try (var folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted().toList().stream()
          .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
    }
  }

  private void run(Path folder) throws IOException, InterruptedException {
    try (var kubernetes = LocalKubernetes.start(new Settings(0, Duration.ofHours(1), Duration.ofHours(1)));
        var files = Files.list(folder)) {
      for (var in : files.filter(file -> file.getFileName().toString().startsWith("in-")).sorted().toList()) {
        // Given
        var step = in.getFileName().toString().substring("in-".length());
        var expected = read(folder.resolve("out-" + step));

        // When
        var answer = send(kubernetes, read(in));

        // Then
        assertThat(answer.statusCode()).as("%s: %s", step, answer.body()).isEqualTo(expected.path("status").asInt());
        if (expected.has("body")) {
          assertMatches(step, Json.parse(answer.body().getBytes(StandardCharsets.UTF_8)), expected.get("body"));
        }
      }
    }
  }

  private HttpResponse<String> send(LocalKubernetes kubernetes, JsonNode in) throws IOException, InterruptedException {
    var line = Json.text(in, "request").split(" ");
    var request = HttpRequest.newBuilder(URI.create(kubernetes.masterUrl() + line[1])).header("User-Agent", "golden/1")
        .method(line[0], in.has("body") ? BodyPublishers.ofString(in.get("body").toString()) : BodyPublishers.noBody());
    if (in.has("body")) {
      request.header("Content-Type", in.path("type").asText("application/json"));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static void assertMatches(String at, JsonNode actual, JsonNode expected) {
    if (expected.isObject()) {
      expected.fields().forEachRemaining(
          field -> assertMatches(at + " ." + field.getKey(), actual.path(field.getKey()), field.getValue()));
    } else if (expected.isArray()) {
      assertThat(actual).as("%s: %s", at, actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertMatches(at + "[" + i + "]", actual.get(i), expected.get(i));
      }
    } else if (expected.isNull()) {
      assertThat(actual.isMissingNode()).as("%s is absent, not %s", at, actual).isTrue();
    } else {
      assertThat(actual.asText()).as(at).isEqualTo(expected.asText());
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return Json.parseObject(Files.readAllBytes(file));
  }
}
