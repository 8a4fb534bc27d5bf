package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.management.HostilePaths;
import io.hyperfleet.management.ManagementPaths;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** Beside health and metrics there is nothing, on neither port, as long as nobody switches Hawtio on. */
class ManagementPortHttpIT extends ApiIT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @LocalManagementPort
  private int managementPort;

  @Test
  void answersHealthAndMetricsOnly() throws Exception {
    for (int port : new int[]{port(), managementPort}) {
      for (String path : Stream.of(ManagementPaths.ABSENT, ManagementPaths.HAWTIO).flatMap(List::stream).toList()) {
        for (String method : new String[]{"GET", "POST"}) {
          assertThat(status(port, method, path)).as("%s %s on %s", method, path, port).isIn(404, 405);
        }
      }
    }
    // Spring's tests leave the registry for /metrics out; ManagedRoutesIT asks for it.
    await("a check may be late").until(() -> status(managementPort, "GET", "/readyz") == 200);
    for (String path : new String[]{"/healthz", "/readyz"}) {
      assertThat(status(managementPort, "GET", path)).as(path).isEqualTo(200);
      assertThat(status(managementPort, "POST", path)).as(path).isEqualTo(405);
      assertThat(status(port(), "GET", path)).as(path).isEqualTo(404);
    }
  }

  @Test
  void noSpellingOfAPathFailsOnEitherPort() throws Exception {
    var wrong = new SoftAssertions();
    var names = List.of("api/hyperfleet/v1/clusters", "api/hyperfleet/v1/openapi.html", "api/clusters", "readyz",
        "jolokia", "hawtio", "error",
        "api/hyperfleet/v1/events", "api/hyperfleet/v1/openapi-ui/..", "env");
    for (int port : new int[]{port(), managementPort}) {
      for (var request : HostilePaths.of(15, names, 800)) {
        var answer = HostilePaths.send(port, request, "Origin", "http://evil.example");
        var asked = request + " on " + (port == managementPort ? "management" : "api");
        // 501 is a method that nobody knows.
        wrong.assertThat(answer.status()).as("%s: %s", asked, answer.body())
            .matches(status -> status < 500 || status == 501);
        wrong.assertThat(answer.headers().keySet()).as(asked)
            .noneMatch(name -> name.toLowerCase().startsWith("access-control-"))
            .doesNotContain("Server", "X-Powered-By");
        // What is no HTTP ends before anything of ours.
        if (answer.status() != 400) {
          wrong.assertThat(answer.headers()).as(asked).containsEntry("X-Content-Type-Options", "nosniff")
              .containsEntry("X-Frame-Options", "DENY").containsEntry("Referrer-Policy", "no-referrer");
          wrong.assertThat(answer.headers().get("Content-Security-Policy")).as(asked).startsWith("default-src 'none'; ")
              .contains("frame-ancestors 'none'");
        }
      }
    }
    wrong.assertAll();
  }

  @Test
  void thePageOfTheContractRunsNoScriptButItsOwn() {
    var page = exchange("GET", "/openapi.html", null);

    assertThat(page.headers().allValues("content-security-policy")).singleElement().asString()
        .startsWith("default-src 'none'; script-src 'self';").contains("connect-src 'self'")
        .doesNotContain("script-src 'self' '");
    var scripts = Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL).matcher(page.body()).results()
        .toList();
    assertThat(scripts).hasSize(2).allMatch(script -> script.group(2).isBlank());
    for (var script : scripts) {
      var source = script.group(1).replaceAll(".*src=\"([^\"]*)\".*", "$1");
      var part = exchange("GET", "/" + source, null);
      assertThat(part.statusCode()).as(source).isEqualTo(200);
      assertThat(part.headers().firstValue("content-type")).as(source)
          .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
    }
    assertThat(page.body()).doesNotContain(" style=").doesNotContain(" onload=");
  }

  private static int status(int port, String method, String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .method(method, BodyPublishers.noBody()).build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }
}
