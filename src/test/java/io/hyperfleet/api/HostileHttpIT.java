package io.hyperfleet.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whatever is sent, it is the sender who is told what is wrong with it, and nobody who operates the API is woken. */
@Tag("hostile")
@ExtendWith(OutputCaptureExtension.class)
class HostileHttpIT extends ApiIT {

  private static final int REQUESTS_FOR_EACH_OPERATION = 40;
  private static final int NUMBERS = 300;

  private static final String HEAD = "POST /api/hyperfleet/v1/clusters HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";

  private String raw(byte[] request, boolean andLeave) throws IOException {
    try (var socket = new Socket("localhost", port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request);
      if (andLeave) {
        socket.setSoLinger(true, 0);
        return "";
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void everyRequestIsAnsweredWithWhatIsWrongWithIt(CapturedOutput output) throws Exception {
    var contract = new Contract(get("/openapi").body());
    var requests = new HostileRequests(contract, 13);
    var failures = new SoftAssertions();
    var statuses = new TreeMap<Integer, Integer>();
    for (var operation : contract.operations()) {
      empty();
      var id = createCluster("demo");
      for (int i = 0; i < REQUESTS_FOR_EACH_OPERATION; i++) {
        var request = requests.request(operation, id);
        var answer = raw(request, false).replaceFirst("(?s)^HTTP/1.1 100 .*?\r\n\r\n", "");
        int status = answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
        statuses.merge(status, 1, Integer::sum);
        failures.assertThatCode(() -> check(request, answer, status))
            .as("%s%n%s", start(new String(request, ISO_8859_1)), start(answer)).doesNotThrowAnyException();
      }
    }
    failures.assertAll();
    assertThat(statuses.keySet()).as("%s", statuses).contains(200, 400, 404, 405);
    assertThat(output.getAll()).as("nothing to act on").doesNotContain("\"ERROR\"").doesNotContain(" ERROR ")
        .doesNotContain("\tat ");
  }

  private static String start(String text) {
    return text.substring(0, Math.min(text.length(), 500));
  }

  private void check(byte[] request, String answer, int status) throws IOException {
    var text = new String(request, ISO_8859_1);
    // Tomcat refuses these before it looks for anybody who could say more than the status does.
    boolean saysAll = status == 417 && text.contains("Expect: x")
        || status == 405 && text.startsWith("TRACE ") && answer.contains("Allow: ")
        || status == 501 && text.startsWith("CONNECT ");
    assertThat(status).matches(it -> saysAll || it >= 200 && it < 500, "is no server's error");
    if (status >= 400) {
      assertThat(answer).doesNotContain("<html").doesNotContainIgnoringCase("tomcat").doesNotContain("Exception");
    }
    if (status >= 400 && !saysAll && !text.startsWith("HEAD ")) {
      assertThat(answer.toLowerCase()).contains("content-type: application/problem+json").contains("x-request-id: ");
      var problem = json
          .readTree(answer.substring(answer.indexOf("{", answer.indexOf("\r\n\r\n")), answer.lastIndexOf('}') + 1)
              .replaceAll("\r\n[0-9a-f]+\r\n", ""));
      assertThat(problem.path("status").asInt()).isEqualTo(status);
      assertThat(problem.path("title").asText()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
      HEAD + "Content-Length: 99999999999999999999\r\n\r\n{}",
      HEAD + "Content-Length: 1e3\r\n\r\n{}",
      HEAD + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
      HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
      HEAD + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
      HEAD + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
      HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n0\r\n\r\n",
      HEAD + "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n",
      HEAD + "Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
      HEAD + "Transfer-Encoding: chunked\r\nTrailer: x\r\n\r\n0\r\nx y: z\r\n\r\n",
      HEAD + "A\u0000b: c\r\n\r\n", HEAD + "a b: c\r\n\r\n", HEAD + ": c\r\n\r\n", HEAD + " a: b\r\n\r\n",
      HEAD + "a: \u0001\r\n\r\n",
      "POST /api/hyperfleet/v1/clusters HTTP/1.1\r\nHost: a b\r\n\r\n",
      "POST /api/hyperfleet/v1/clusters HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
      "GET http://[::/ HTTP/1.1\r\nHost: x\r\n\r\n", "GET /\u00ff HTTP/1.1\r\nHost: x\r\n\r\n",
      "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "\r\n\r\n\r\n\r\nGET\r\n\r\n"})
  void whatIsNotHttpLeavesNoTraceInTheLog(String request, CapturedOutput output) throws IOException {
    var answer = raw(request.getBytes(ISO_8859_1), false);

    assertThat(answer).matches("(?s)(HTTP/1.1 (400|413|501|505) .*)?").doesNotContain("Exception")
        .doesNotContain("<html");
    assertThat(output.getAll()).doesNotContain("ERROR").doesNotContain("\tat ");
  }

  @Test
  void headersThatAreTooLongAndCallersThatLeaveLeaveNoTraceInTheLog(CapturedOutput output) throws Exception {
    assertThat(raw((HEAD + "x: " + "y".repeat(100_000) + "\r\n\r\n").getBytes(ISO_8859_1), false))
        .startsWith("HTTP/1.1 400");
    assertThat(raw((HEAD + "x: y\r\n".repeat(1_000) + "\r\n").getBytes(ISO_8859_1), false)).startsWith("HTTP/1.1 400");
    for (int i = 0; i < 60; i++) {
      createCluster("many-" + i);
    }
    for (int i = 0; i < 20; i++) {
      raw("GET /api/hyperfleet/v1/clusters?size=100 HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1), true);
      raw((HEAD + "Content-Length: 100\r\n\r\n{").getBytes(ISO_8859_1), true);
      raw((HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n{").getBytes(ISO_8859_1), true);
    }
    // Waits for a byte that never comes for as long as the server does.
    assertThat(raw((HEAD + "Content-Length: 100\r\n\r\n{").getBytes(ISO_8859_1), false)).startsWith("HTTP/1.1 400");

    assertThat(get("/clusters").status()).isEqualTo(200);
    assertThat(output.getAll()).doesNotContain("ERROR").doesNotContain("\tat ");
  }

  @Test
  void numbersComeBackExactly() {
    var random = new Random(13);
    var sent = new ArrayList<String>();
    for (int i = 0; i < NUMBERS; i++) {
      var digits = IntStream.range(0, 1 + random.nextInt(i % 2 == 0 ? 18 : 100))
          .mapToObj(j -> String.valueOf(random.nextInt(10)))
          .reduce("", String::concat).replaceFirst("^0+", "7");
      sent.add((random.nextBoolean() ? "-" : "") + digits
          + (random.nextInt(3) == 0 && digits.length() < 90 ? "." + (1 + random.nextInt(99999)) : "")
          + (random.nextInt(3) == 0 ? "e" + (random.nextInt(400) - 200) : ""));
    }
    var spec = "{\"numbers\": [" + String.join(",", sent) + "], \"quota\": 9223372036854775808, \"price\": 1.10}";

    var created = post("/clusters", cluster("numbers").replace("{\"region\": \"r1\"}", spec));

    assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
    var id = created.text("id");
    var read = get("/clusters/" + id).at("/spec/numbers");
    for (int i = 0; i < NUMBERS; i++) {
      assertThat(read.get(i).decimalValue()).as(sent.get(i)).isEqualByComparingTo(new BigDecimal(sent.get(i)));
    }
    assertThat(patch("/clusters/" + id, "{\"spec\": " + spec.replace("1.10", "11e-1") + "}").at("/generation").asInt())
        .as("the same numbers are no change").isEqualTo(1);
    assertThat(
        patch("/clusters/" + id, "{\"spec\": " + get("/clusters/" + id).at("/spec") + "}").at("/generation").asInt())
        .as("what was read can be sent").isEqualTo(1);
    assertThat(patch("/clusters/" + id, "{\"spec\": " + spec.replace("75808", "75809") + "}").at("/generation").asInt())
        .as("one more is a change").isEqualTo(2);
    var report = reportBody("dns", 2, "True", Instant.now(), "").replaceFirst("}$", ", \"data\": {\"numbers\": ["
        + String.join(",", sent) + "]}}");
    assertThat(send("PUT", "/clusters/" + id + "/statuses", report).status()).isEqualTo(201);
    var data = get("/clusters/" + id + "/statuses").at("/items/0/data/numbers");
    IntStream.range(0, NUMBERS).forEach(
        i -> assertThat(data.get(i).decimalValue()).as(sent.get(i)).isEqualByComparingTo(new BigDecimal(sent.get(i))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"generation", "observed_generation"})
  void generationsBeyondThirtyTwoBitsAreRefusedByName(String field) {
    var id = createCluster("demo");
    for (String number : List.of("2147483648", "-2147483649", "9223372036854775808", "1e20", "1.5", "\"1\"", "true",
        "[]")) {
      var answer = field.equals("generation")
          ? post("/events", "{\"aggregate_id\": \"" + id + "\", \"generation\": " + number + "}")
          : send("PUT", "/clusters/" + id + "/statuses",
              reportBody("dns", 77, "True", Instant.now(), "").replace(": 77,", ": " + number + ","));
      assertThat(answer.status()).as(number).isEqualTo(400);
      assertThat(answer.at("/errors/0/field").asText()).as(number).isEqualTo(field);
    }
  }

  @Test
  void adaptersOfAResourceAreBoundedInFormNumberAndSize() {
    var id = createCluster("demo");
    for (String name : List.of("a\\\"} 1\\nfake_metric 2", "\\u202eadapter", "Adapter", "a.b", "a_b", "-a", "a-", "a b",
        "é", "a".repeat(64), "")) {
      for (String method : List.of("PUT", "POST")) {
        var answer = send(method, "/clusters/" + id + (method.equals("PUT") ? "/statuses" : "/status"),
            reportBody(name, 1, "True", Instant.now(), ""));
        assertThat(answer.status()).as(name).isEqualTo(400);
        assertThat(answer.at("/errors/0/field").asText()).isEqualTo("adapter");
      }
    }
    for (int i = 0; i < 100; i++) {
      assertThat(report(id, i == 0 ? "a".repeat(63) : "adapter-" + i, 1, "True").status()).isEqualTo(201);
    }
    var onceMore = report(id, "one-more", 1, "True");
    assertThat(onceMore.status()).isEqualTo(400);
    assertThat(onceMore.text("detail")).isEqualTo("a resource keeps the reports of at most 100 adapters");
    assertThat(report(id, "adapter-7", 1, "False").status()).as("known ones go on").isEqualTo(201);

    assertThat(withData(id, "adapter-1", 150_000).status()).isEqualTo(201);
    var tooMuch = withData(id, "adapter-2", 110_000);
    assertThat(tooMuch.status()).isEqualTo(400);
    assertThat(tooMuch.text("detail")).contains("262144 bytes in total");
    assertThat(tooMuch.at("/errors/0/field").asText()).isEqualTo("data");
    assertThat(withData(id, "adapter-1", 150_000).status()).as("as large as before").isEqualTo(201);
    assertThat(withData(id, "adapter-2", 10_000).status()).isEqualTo(201);
  }

  private Answer withData(String id, String adapter, int size) {
    return send("PUT", "/clusters/" + id + "/statuses",
        reportBody(adapter, 1, "True", Instant.now(), "").replaceFirst("}$",
            ", \"data\": {\"x\": \"" + "y".repeat(size) + "\"}}"));
  }

  /** Earlier releases took any name, and stored longer numbers. */
  @Test
  void whatEarlierReleasesStoredCanStillBeRead() {
    var id = createCluster("demo");
    report(id, "dns", 1, "False");
    jdbc.sql("update adapter_statuses set adapter = E'a\"} 1\\nfake_metric 2\\u202E', unhealthy = true").update();
    jdbc.sql("update resources set spec = ('{\"x\": ' || repeat('9', 996) || 'e400, \"y\": 1e-400}')::jsonb").update();

    assertThat(get("/clusters/" + id + "?include=statuses").at("/adapter_statuses/0/adapter").asText())
        .contains("fake_metric");
    assertThat(get("/clusters/" + id).at("/spec/x").bigIntegerValue().toString()).hasSize(1396);
    assertThat(report(id, "dns", 1, "True").status()).isEqualTo(201);
    assertThat(patch("/clusters/" + id, "{\"labels\": {\"a\": \"b\"}}").status()).isEqualTo(200);
  }

  @Test
  void conditionsAndMetadataOfAReportAreBounded() {
    var id = createCluster("demo");
    var bodies = new HashMap<String, String>();
    bodies.put("conditions[3].type", ", {\"type\": \"a b\", \"status\": \"True\"}");
    bodies.put("conditions[3].reason",
        ", {\"type\": \"Mine\", \"status\": \"True\", \"reason\": \"" + "r".repeat(1025) + "\"}");
    bodies.put("conditions[3].message",
        ", {\"type\": \"Mine\", \"status\": \"True\", \"message\": \"" + "m".repeat(32_769) + "\"}");
    bodies.put("conditions", IntStream.range(0, 98).mapToObj(i -> ", {\"type\": \"C" + i + "\", \"status\": \"True\"}")
        .reduce("", String::concat));
    bodies.forEach((field, more) -> {
      var answer = send("PUT", "/clusters/" + id + "/statuses", reportBody("dns", 1, "True", Instant.now(), more));
      assertThat(answer.status()).as(field).isEqualTo(400);
      assertThat(answer.at("/errors/0/field").asText()).isEqualTo(field);
    });
    var answer = send("PUT", "/clusters/" + id + "/statuses", reportBody("dns", 1, "True", Instant.now(), "")
        .replaceFirst("}$", ", \"metadata\": {\"job_name\": \"" + "j".repeat(256) + "\"}}"));
    assertThat(answer.at("/errors/0/field").asText()).isEqualTo("metadata.job_name");
  }
}
