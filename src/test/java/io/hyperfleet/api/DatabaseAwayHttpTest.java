package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.HyperFleetApplication;
import io.hyperfleet.local.LocalPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What callers see while PostgreSQL is away. */
@SpringBootTest(
    classes = HyperFleetApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"hyperfleet.roles=api", "management.server.port=0"})
@DirtiesContext
class DatabaseAwayHttpTest {

  private static final LocalPostgres POSTGRES = LocalPostgres.start(0);

  @LocalServerPort
  private int port;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry registry) {
    registry.add("spring.datasource.url", POSTGRES::jdbcUrl);
    registry.add("spring.datasource.username", POSTGRES::username);
    registry.add("spring.datasource.password", POSTGRES::password);
  }

  @Test
  void answersUnavailableSoonAndSaysNothingOfTheDriver() throws Exception {
    assertThat(status("GET", "")).isEqualTo(200);
    POSTGRES.close();

    assertUnavailable("GET", "");
    assertUnavailable("POST", "{\"kind\": \"Cluster\", \"name\": \"demo\", \"spec\": {}}");
    assertThat(status("POST", "")).as("what needs no database is answered").isEqualTo(400);
  }

  private void assertUnavailable(String method, String body) throws Exception {
    var start = System.nanoTime();
    var answer = HttpClient.newHttpClient().send(request(method, body), BodyHandlers.ofString());

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.body()).contains("HYPERFLEET-SVC-001")
        .doesNotContainIgnoringCase("sql").doesNotContain("localhost").doesNotContain("Connection");
  }

  private int status(String method, String body) throws Exception {
    return HttpClient.newHttpClient().send(request(method, body), BodyHandlers.ofString()).statusCode();
  }

  private HttpRequest request(String method, String body) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/hyperfleet/v1/clusters"))
        .method(method, BodyPublishers.ofString(body)).build();
  }
}
