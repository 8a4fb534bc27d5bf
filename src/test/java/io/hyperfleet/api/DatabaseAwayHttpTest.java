package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.FaultProxy;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** What callers see while the connection to PostgreSQL is cut. */
@Tag("faults")
@TestPropertySource(properties = "spring.datasource.hikari.connection-timeout=750")
@DirtiesContext
class DatabaseAwayHttpTest extends ApiTest {

  private static final FaultProxy CONNECTION =
      new FaultProxy(URI.create(POSTGRES.jdbcUrl().substring("jdbc:".length())).getPort());

  @DynamicPropertySource
  static void throughTheProxy(DynamicPropertyRegistry registry) {
    registry.add("spring.datasource.hikari.jdbc-url",
        () -> POSTGRES.jdbcUrl().replaceFirst(":\\d+/", ":" + CONNECTION.port() + "/"));
  }

  @AfterEach
  void mend() {
    CONNECTION.mend();
    await().until(() -> get("/clusters").status() == 200);
  }

  @Test
  void answersUnavailableAndSaysNothingOfTheDriver() {
    var id = createCluster("before");
    CONNECTION.cut();

    assertUnavailable(get("/clusters"));
    assertUnavailable(get("/clusters?search=name%3D%27x%27&due=true"));
    assertUnavailable(get("/clusters/" + id));
    assertUnavailable(post("/clusters", cluster("demo")));
    assertUnavailable(patch("/clusters/" + id, "{\"spec\": {}}"));
    assertUnavailable(delete("/clusters/" + id));
    assertUnavailable(report(id, "dns", 1, "True"));
    assertUnavailable(post("/events", "{\"aggregate_id\": \"" + id + "\"}"));
    assertUnavailable(get("/events"));
    assertThat(post("/clusters", "").status()).as("what needs no database is answered").isEqualTo(400);
    assertThat(get("/openapi").status()).isEqualTo(200);
  }

  @Test
  void worksAgainOnceTheDatabaseIsBack() {
    createCluster("before");
    CONNECTION.cut();
    assertUnavailable(post("/clusters", cluster("during")));

    CONNECTION.mend();

    await().until(() -> post("/clusters", cluster("after")).status() == 201);
    assertThat(get("/clusters?order=name").at("/items").findValuesAsText("name")).containsExactly("after", "before");
  }

  private static void assertUnavailable(Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("1");
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-SVC-001");
    assertThat(answer.response().body()).doesNotContainIgnoringCase("sql").doesNotContain("localhost")
        .doesNotContain("Connection").doesNotContain("jdbc");
  }
}
