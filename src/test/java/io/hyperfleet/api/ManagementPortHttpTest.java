package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.management.ManagementPaths;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** Beside health and metrics there is nothing, on neither port, as long as nobody switches Hawtio on. */
class ManagementPortHttpTest extends ApiTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @LocalManagementPort
  private int managementPort;

  @Test
  void answersHealthAndMetricsOnly() throws Exception {
    for (int port : new int[] {port(), managementPort}) {
      for (String path : Stream.of(ManagementPaths.ABSENT, ManagementPaths.HAWTIO).flatMap(List::stream).toList()) {
        for (String method : new String[] {"GET", "POST"}) {
          assertThat(status(port, method, path)).as("%s %s on %s", method, path, port).isIn(404, 405);
        }
      }
    }
    // Spring's tests leave the registry for /metrics out; ManagedRoutesTest asks for it.
    await("a check may be late").until(() -> status(managementPort, "GET", "/readyz") == 200);
    for (String path : new String[] {"/healthz", "/readyz"}) {
      assertThat(status(managementPort, "GET", path)).as(path).isEqualTo(200);
      assertThat(status(managementPort, "POST", path)).as(path).isEqualTo(405);
      assertThat(status(port(), "GET", path)).as(path).isEqualTo(404);
    }
  }

  private static int status(int port, String method, String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .method(method, BodyPublishers.noBody()).build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }
}
