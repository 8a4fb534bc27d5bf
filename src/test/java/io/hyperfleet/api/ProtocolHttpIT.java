package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests get that are not what HTTP or the API expects. */
class ProtocolHttpIT extends ApiIT {

  private static final String BASE = "/api/hyperfleet/v1";

  /** Sends bytes as they are and reads until the server ends the connection. */
  private String raw(String request) throws IOException {
    try (var socket = new Socket("localhost", port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      GET /clusters/%zz                          | 400 | HYPERFLEET-VAL-005
      GET /clusters/a%2Fb                        | 400 | HYPERFLEET-VAL-005
      GET /clusters/a;b=c                        | 400 | HYPERFLEET-VAL-005
      GET /clusters/a%00b                        | 400 | HYPERFLEET-VAL-005
      GET /clusters//x                           | 400 | HYPERFLEET-VAL-005
      GET /clusters?search=%zz                   | 400 | HYPERFLEET-VAL-005
      GET /clusters?search=%ff                   | 400 | HYPERFLEET-VAL-005
      GET /clusters?a%00b=c                      | 400 | HYPERFLEET-VAL-005
      GET /clusters?search=name='a%00'           | 400 | HYPERFLEET-VAL-005
      GET /clusters?fields=%c0%80                | 400 | HYPERFLEET-VAL-005
      GET /clusters?search=%ed%a0%80             | 400 | HYPERFLEET-VAL-005
      GET /clusters?search=%f4%90%80%80          | 400 | HYPERFLEET-VAL-005
      GET /clusters/%c0%af                       | 400 | HYPERFLEET-VAL-005
      GET /clusters/%ed%a0%80                    | 400 | HYPERFLEET-VAL-005
      GET /events?aggregate_id=%00               | 400 | HYPERFLEET-VAL-005
      GET /clusters?due=true&after=%2B999999999-01-31T12:00:00Z,0198f3c5-0000-7000-8000-000000000000 | 400 | HYPERFLEET-VAL-000
      GET /clusters?search=generation<"x"        | 400 | HYPERFLEET-VAL-005
      GET /nowhere                               | 404 | HYPERFLEET-NTF-000
      FOO /clusters                              | 405 | -
      PUT /clusters                              | 405 | -
      """)
  void areAnsweredWithAProblem(String request, int status, String code) throws IOException {
    var words = request.split(" ", 2);

    var answer = raw(words[0] + " " + BASE + words[1] + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).containsIgnoringCase("content-type: application/problem+json")
        .containsIgnoringCase("x-request-id:")
        .containsIgnoringCase("vary: authorization").doesNotContainIgnoringCase("tomcat").doesNotContain("<html");
    if (code != null) {
      assertThat(answer).contains("\"code\":\"" + code + "\"");
    }
    if (status == 405) {
      assertThat(answer).containsIgnoringCase("allow: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/9.9\r\n\r\n", "nonsense\r\n\r\n", "GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET " + BASE + " HTTP/1.1\r\n\r\n",
      "POST " + BASE + "/clusters HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
      "POST " + BASE + "/clusters HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: wrong\r\n\r\n"})
  void whatIsNotHttpIsRefused(String request) throws IOException {
    assertThat(raw(request)).matches("(?s)HTTP/1.1 (400|411|501|505) .*").doesNotContainIgnoringCase("tomcat")
        .doesNotContain("<html").doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      gzip                    | true
      gzip;q=0.5, identity    | true
      br, *                   | true
      *;q=0.1                 | true
      gzip;q=0                | false
      gzip;q=0, *             | false
      *;q=0                   | false
      identity                | false
      """)
  void answersAreCompressedForWhoWantsIt(String accepted, boolean compressed) throws Exception {
    var answer = bytes("/openapi", "Accept-Encoding", accepted);

    assertThat(answer.headers().firstValue("content-encoding").isPresent()).isEqualTo(compressed);
    assertThat(String.join(",", answer.headers().allValues("vary"))).containsIgnoringCase("authorization");
    var plain = bytes("/openapi", "Accept", "application/json").body();
    if (compressed) {
      try (var content = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(content.readAllBytes()).isEqualTo(plain);
      }
    }
  }

  private HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create("http://localhost:" + port() + BASE + path))
            .headers(headers).build(), BodyHandlers.ofByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "application/xml", "nonsense",
      "multipart/form-data",
      "multipart/form-data; boundary=x", "application/json; charset=utf-16"})
  void bodiesAreJsonWhateverIsSaidAboutThem(String contentType) {
    var created = send("POST", "/clusters", cluster("demo"), "Content-Type", contentType);
    assertThat(created.status()).isEqualTo(201);
    var id = created.text("id");
    assertThat(send("PATCH", "/clusters/" + id, "{\"spec\": {}}", "Content-Type", contentType).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/xml", "text/html", "nonsense", "application/problem+json;q=0.1"})
  void answersAreJsonWhateverIsAccepted(String accepted) {
    assertThat(send("GET", "/clusters", null, "Accept", accepted).status()).isEqualTo(200);
    assertThat(send("GET", "/clusters/x", null, "Accept", accepted).text("code")).isEqualTo("HYPERFLEET-NTF-001");
  }

  @Test
  void headAndOptionsWork() {
    assertThat(send("HEAD", "/clusters", null).status()).isEqualTo(200);
    assertThat(send("OPTIONS", "/clusters", null).header("allow")).contains("GET").contains("POST");
  }
}
