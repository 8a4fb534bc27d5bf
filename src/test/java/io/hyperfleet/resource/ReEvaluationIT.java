package io.hyperfleet.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.LocalPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A fleet lives on while its operator restarts the API with other required adapters. */
class ReEvaluationIT {

  private static final int WAITING = 23;

  @Test
  void aLivingFleetFollowsWhatIsRequired() {
    try (var postgres = LocalPostgres.start(0)) {
      String ready;
      String waiting;
      String deleted;
      String pool;
      List<String> others = new ArrayList<>();
      try (var before = api(postgres, "validation,dns", "machines")) {
        ready = before.createCluster("ready");
        report(before, "/clusters/" + ready, "validation", "Available");
        report(before, "/clusters/" + ready, "dns", "Available");
        waiting = before.createCluster("waiting");
        report(before, "/clusters/" + waiting, "validation", "Available");
        for (int i = 0; i < WAITING; i++) {
          others.add(before.createCluster("other-" + i));
        }
        deleted = before.createCluster("deleted");
        before.delete("/clusters/" + deleted);
        report(before, "/clusters/" + deleted, "validation", "Finalized");
        pool = before
            .post("/clusters/" + ready + "/nodepools", "{\"kind\": \"NodePool\", \"name\": \"pool\", \"spec\": {}}")
            .body().get("id").asText();
        report(before, "/clusters/" + ready + "/nodepools/" + pool, "machines", "Available");

        assertThat(before.phase(ready)).isEqualTo("Ready");
        assertThat(before.phase(waiting)).as("waits for dns").isEqualTo("NotReady");
        assertThat(before.get("/clusters/" + deleted).status()).as("waits for dns").isEqualTo(200);
        assertThat(before.get("/resources/" + pool).body().at("/status/phase").asText()).isEqualTo("Ready");
      }

      try (var after = api(postgres, "validation", "machines,storage")) {
        var jdbc = after.context().getBean(JdbcClient.class);
        // In this order: as long as none is evaluated, all have one kind of rules too.
        await().until(() -> after.phase(waiting).equals("Ready")
            && jdbc.sql("select count(distinct rules) from resources where kind = 'Cluster'").query(Integer.class)
                .single() == 1);

        assertThat(after.phase(ready)).isEqualTo("Ready");
        assertThat(conditions(after, "/clusters/" + ready)).contains("ValidationSuccessful")
            .doesNotContain("DnsSuccessful");
        assertThat(after.report(ready, "dns").isMissingNode()).as("its report stays").isFalse();
        assertThat(after.get("/clusters/" + deleted).status()).as("waited only for what is not required any more")
            .isEqualTo(404);
        assertThat(others)
            .allSatisfy(other -> assertThat(conditions(after, "/clusters/" + other)).doesNotContain("DnsSuccessful"));

        await().until(() -> after.get("/resources/" + pool).body().at("/status/phase").asText().equals("NotReady"));
        assertThat(after.get("/resources/" + pool).body().at("/status/conditions/0/reason").asText())
            .isEqualTo("ReconciledMissingAdapters");
        await("the Sentinel has it looked at soon")
            .until(() -> after.get("/nodepools?due=true").body().at("/items/0/id").asText()
                .equals(pool));
      }
    }
  }

  private static LocalFleet api(LocalPostgres postgres, String clusters, String nodePools) {
    return LocalFleet.start("hyperfleet.roles=api", "spring.datasource.url=" + postgres.jdbcUrl(),
        "hyperfleet.kinds.clusters.required-adapters=" + clusters,
        "hyperfleet.kinds.nodepools.required-adapters=" + nodePools,
        "hyperfleet.re-evaluation.batch-size=5", "hyperfleet.re-evaluation.pause=50ms");
  }

  private static void report(LocalFleet fleet, String path, String adapter, String certain) {
    int generation = fleet.get(path).body().get("generation").asInt();
    var conditions = StreamSupport.stream(List.of("Applied", "Available", "Health", "Finalized").spliterator(), false)
        .map(type -> "{\"type\": \"%s\", \"status\": \"%s\", \"reason\": \"Test\", \"message\": \"test\"}"
            .formatted(type, type.equals(certain) || type.equals("Health") ? "True" : "False"))
        .collect(Collectors.joining(", "));
    var answer = fleet.put(path + "/statuses",
        "{\"adapter\": \"%s\", \"observed_generation\": %d, \"conditions\": [%s]}"
            .formatted(adapter, generation, conditions));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
  }

  private static List<String> conditions(LocalFleet fleet, String path) {
    return StreamSupport.stream(fleet.get(path).body().at("/status/conditions").spliterator(), false)
        .map((JsonNode condition) -> condition.get("type").asText()).toList();
  }
}
