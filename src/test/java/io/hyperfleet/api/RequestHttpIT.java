package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests may look like, and what their senders are told. */
class RequestHttpIT extends ApiIT {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      null | VAL-006 | Request body must be a JSON object
      [] | VAL-006 | Request body must be a JSON object
      {"kind": "Cluster" | VAL-006 | Request body is not valid JSON
      {} {} | VAL-006 | Request body is not valid JSON
      {"name": 5, "spec": {}, "kind": 7} | VAL-000 | field 'kind' must be a string
      {"kind": "Cluster", "name": "abc", "spec": "x"} | VAL-000 | field 'spec' must be an object
      {"kind": "Cluster", "name": "abc", "spec": []} | VAL-000 | field 'spec' must be an object
      {"kind": "Cluster", "name": "abc", "spec": {}, "labels": {"a": 1}} | VAL-000 | field 'labels[a]' must be a string
      {"name": "abc", "spec": {}} | VAL-000 | kind is required
      {"kind": "NodePool", "name": "abc", "spec": {}} | VAL-000 | kind must be 'Cluster'
      {"kind": "Cluster", "spec": {}} | VAL-000 | name is required
      {"kind": "Cluster", "name": "ab", "spec": {}} | VAL-000 | name must be at least 3 characters
      {"kind": "Cluster", "name": "Abc", "spec": {}} | VAL-000 | name must consist of
      {"kind": "Cluster", "name": "abc-", "spec": {}} | VAL-000 | name must consist of
      {"kind": "Cluster", "name": "größe", "spec": {}} | VAL-000 | name must consist of
      {"kind": "Cluster", "name": "abc"} | VAL-000 | spec is required
      {"kind": "Cluster", "name": "abc", "spec": null} | VAL-000 | spec is required
      {"kind": "Cluster", "name": "abc", "spec": {}, "labels": {"-a": "b"}} | VAL-000 | label validation failed
      {"kind": "Cluster", "name": "abc", "spec": {}, "references": {"wif": []}} | VAL-006 | field 'references' is not supported for kind Cluster
      {"kind": "Cluster", "name": "abc", "spec": {"a": "\\u0000"}} | VAL-006 | Request body has text with U+0000
      {"kind": "Cluster", "name": "a\\u0000c", "spec": {}} | VAL-000 | Request body has text with U+0000 at 'name'
      {"kind": "Cluster", "name": "a\\ud800", "spec": {}} | VAL-000 | Request body has text with an unpaired
      {"kind": "\\u0000", "name": "abc", "spec": {}} | VAL-000 | Request body has text with U+0000 at 'kind'
      {"kind": "Cluster", "name": "abc", "spec": {}, "labels": {"a": "\\u0000"}} | VAL-000 | Request body has text with U+0000 at 'labels[a]'
      {"kind": "Cluster", "name": "abc", "spec": {}, "labels": {"\\u0000": "a"}} | VAL-000 | Request body has a key with
      {"kind": "Cluster", "name": "abc", "spec": {"a": "\\ud800"}} | VAL-006 | Request body has text with an unpaired
      {"kind": "Cluster", "name": "abc", "spec": {"a": 1e99999}} | VAL-006 | Request body has a number
      """)
  void refusesToCreateFromAWrongBody(String body, String code, String detail) {
    var answer = post("/clusters", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-" + code);
    assertThat(answer.text("detail")).startsWith(detail);
    assertThat(jdbc.sql("select count(*) from outbox").query(Long.class).single()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void refusesToCreateFromNothing(String body) {
    var answer = post("/clusters", body);

    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-VAL-006");
    assertThat(answer.text("detail")).isEqualTo("Request body is required but was empty");
  }

  @Test
  void namesOfFiftyThreeCharactersAreTheLongest() {
    assertThat(post("/clusters", cluster("a".repeat(53))).status()).isEqualTo(201);
    var tooLong = post("/clusters", cluster("a".repeat(54)));
    assertThat(tooLong.at("/errors/0/constraint").asText()).isEqualTo("max_length");
  }

  @Test
  void saysEverythingThatIsWrongWithLabels() {
    var answer = post("/clusters", """
        {"kind": "Cluster", "name": "abc", "spec": {},
         "labels": {"-a": "b", "ok.example/name": "v_1", "k": "-v", "Bad.Example/x": "", "": "x", "empty": ""}}""");

    assertThat(answer.at("/errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("labels[-a]", "labels[k]", "labels[Bad.Example/x]", "labels");
    assertThat(answer.at("/errors").findValuesAsText("constraint")).containsOnly("pattern");
  }

  @Test
  void ignoresUnknownFieldsIdAndHrefOnCreation() {
    var answer = post("/clusters", """
        {"kind": "Cluster", "name": "abc", "spec": {"a": 1.50, "b": {}}, "id": "x", "href": "y", "more": [1]}""");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text("id")).isNotEqualTo("x");
    assertThat(answer.at("/spec/a").decimalValue()).isEqualByComparingTo("1.5");
    assertThat(answer.body().has("labels")).isFalse();
  }

  @Test
  void limitsTheSizeAndTheDepthOfABody() {
    var large = post("/clusters", "{\"kind\": \"" + "x".repeat(1024 * 1024) + "\"}");
    assertThat(large.status()).isEqualTo(413);
    var almost = cluster("abc").replace("r1", "x".repeat(1_000_000));
    assertThat(post("/clusters", almost).status()).isEqualTo(201);

    var deep = cluster("deep").replace("\"r1\"", "[".repeat(98) + "]".repeat(98));
    assertThat(post("/clusters", deep).status()).isEqualTo(201);
    var deeper = cluster("deeper").replace("\"r1\"", "[".repeat(99) + "]".repeat(99));
    assertThat(post("/clusters", deeper).text("code")).isEqualTo("HYPERFLEET-VAL-006");
    var absurd = cluster("absurd").replace("\"r1\"", "[".repeat(50_000) + "]".repeat(50_000));
    assertThat(post("/clusters", absurd).text("code")).isEqualTo("HYPERFLEET-VAL-006");
  }

  @Test
  void limitsTheNumberAndTheSizeOfLabels() {
    var most = labels(256, "v");
    assertThat(post("/clusters", most).at("/labels")).hasSize(256);
    for (String body : new String[]{labels(257, "v"), labels(10_000, "-"), labels(1, "x".repeat(1_000_000))}) {
      var answer = post("/clusters", body);
      assertThat(answer.text("detail")).isEqualTo("label validation failed");
      assertThat(answer.at("/errors")).hasSize(1);
    }
  }

  private static String labels(int count, String value) {
    return cluster("abc").replaceFirst("}$",
        IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\": \"" + value + "\"")
            .collect(Collectors.joining(", ", ", \"labels\": {", "}}")));
  }

  /** A body that is packed is not unpacked, so that a small one cannot become a large one. */
  @Test
  void doesNotUnpackABody() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(cluster("bomb").replace("r1", " ".repeat(100_000_000)).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(packed.size()).isLessThan(200_000);
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/api/hyperfleet/v1/clusters"))
        .header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(packed.toByteArray())).build();

    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("HYPERFLEET-VAL-006");
  }

  /** Without a length said in advance, reading stops at the limit all the same. */
  @Test
  void readsNoEndlessBody() throws Exception {
    var endless = new InputStream() {
      private int given;

      @Override
      public int read() {
        return given++ < 64 * 1024 * 1024 ? ' ' : -1;
      }
    };
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/api/hyperfleet/v1/clusters"))
        .POST(BodyPublishers.ofInputStream(() -> endless)).build();

    int status = -1;
    try {
      status = HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      // The server may end the connection before all is sent.
    }

    assertThat(status).isIn(413, -1);
    assertThat(endless.given).isLessThan(64 * 1024 * 1024);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {"name": "other"} | 400 | VAL-006 | unknown field 'name'
      {"spec": {}, "kind": "Cluster"} | 400 | VAL-006 | unknown field 'kind'
      {"references": {}} | 400 | VAL-006 | unknown field 'references'
      {} | 400 | VAL-005 | at least one field must be provided for update
      {"spec": null, "labels": null} | 400 | VAL-005 | at least one field must be provided for update
      {"spec": 1} | 400 | VAL-000 | field 'spec' must be an object
      {"labels": {"a": "-"}} | 400 | VAL-000 | label validation failed
      null | 400 | VAL-006 | Request body must be a JSON object
      """)
  void refusesAWrongPatch(String body, int status, String code, String detail) {
    var id = createCluster("demo");

    var answer = patch("/clusters/" + id, body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-" + code);
    assertThat(answer.text("detail")).isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {"spec": {"b": 1, "a": [1, 2]}}                        | 1
      {"spec": {"a": [1, 2], "b": 1.0}}                      | 1
      {"spec": {"a": [1, 2], "b": 10e-1}, "labels": {"x": "1"}} | 1
      {"labels": {"x": "1"}}                                 | 1
      {"spec": {"a": [2, 1], "b": 1}}                        | 2
      {"spec": {"b": 1}}                                     | 2
      {"labels": {}}                                         | 2
      {"labels": {"x": "2"}}                                 | 2
      {"spec": {}, "labels": {}}                             | 2
      """)
  void movesTheGenerationOnOnlyWhenSomethingElseIsMeant(String body, int generation) {
    var created = post("/clusters", """
        {"kind": "Cluster", "name": "demo", "spec": {"a": [1, 2], "b": 1}, "labels": {"x": "1"}}""");

    var answer = patch("/clusters/" + created.text("id"), body);

    assertThat(answer.at("/generation").asInt()).isEqualTo(generation);
    assertThat(get("/clusters/" + created.text("id")).body()).isEqualTo(answer.body());
    assertThat(outboxRows(created.text("id"))).isEqualTo(generation);
    if (generation == 1) {
      assertThat(answer.body()).isEqualTo(created.body());
    }
  }

  @ParameterizedTest
  @CsvSource({"GET,/nowhere", "GET,/clusters/x/nowhere", "POST,/clusters/x/y/z", "GET,//elsewhere", "GET,//"})
  void saysThatAPathIsUnknown(String method, String path) {
    var answer = send(method, path, null);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-NTF-000");
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1-1-1-1-1", "0198f000-0000-7000-8000-000000000000"})
  void saysThatAClusterIsUnknown(String id) {
    for (var answer : new Answer[]{get("/clusters/" + id), delete("/clusters/" + id),
        patch("/clusters/" + id, "{\"spec\": {}}"), get("/clusters/" + id + "/statuses"),
        report(id, "dns", 1, "True")}) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text("code")).isEqualTo("HYPERFLEET-NTF-001");
      assertThat(answer.text("detail")).isEqualTo("Cluster with id='" + id + "' not found");
    }
  }

  @Test
  void saysWhichMethodsThereAre() {
    var answer = send("PUT", "/clusters", "{}");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).contains("GET").contains("POST");
  }

  @Test
  void describesAProblemWithAllThatAClientNeeds() {
    var answer = send("POST", "/clusters", "{}", "X-Request-ID", "my-request.1");

    assertThat(answer.text("type")).isEqualTo("https://api.hyperfleet.io/errors/validation-error");
    assertThat(answer.text("title")).isEqualTo("Validation Failed");
    assertThat(answer.at("/status").asInt()).isEqualTo(400);
    assertThat(answer.text("instance")).isEqualTo("/api/hyperfleet/v1/clusters");
    assertThat(answer.text("trace_id")).isEqualTo("my-request.1");
    assertThat(Instant.parse(answer.text("timestamp"))).isBefore(Instant.now().plusSeconds(5));
    assertThat(answer.at("/errors/0").toString())
        .isEqualTo("{\"field\":\"kind\",\"message\":\"kind is required\",\"constraint\":\"required\"}");
    assertThat(answer.header("x-request-id")).isEqualTo("my-request.1");
    assertThat(answer.header("vary")).containsIgnoringCase("authorization");
  }

  @Test
  void givesARequestAnIdWhereItHasNoneOrAHarmfulOne() {
    assertThat(get("/clusters").header("x-request-id")).hasSize(36);
    assertThat(send("GET", "/clusters", null, "X-Request-ID", "a b<c>").header("x-request-id")).hasSize(36);
  }

  @Test
  void ignoresATrailingSlash() {
    var id = createCluster("demo");

    assertThat(get("/clusters/").status()).isEqualTo(200);
    assertThat(get("/clusters/" + id + "/").text("id")).isEqualTo(id);
    assertThat(post("/clusters/", cluster("other")).status()).isEqualTo(201);
  }

  @Test
  void keepsTheCallersTraceWithTheEvent() {
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    send("POST", "/clusters", cluster("demo"), "traceparent", trace);

    assertThat(jdbc.sql("select traceparent from outbox").query(String.class).single()).isEqualTo(trace);
  }
}
