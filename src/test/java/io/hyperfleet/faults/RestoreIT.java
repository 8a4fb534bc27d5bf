package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.hyperfleet.docs.Page;
import io.hyperfleet.local.LocalFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database is restored to an earlier time, as docs/operations.md has it, while Kubernetes and the broker are later.
 */
@Tag("faults")
class RestoreIT {

  private static final List<String> TABLES = List.of("resources", "resource_labels", "resource_references",
      "resource_conditions",
      "resource_schedules", "adapter_statuses", "outbox", "adapter_rollouts", "rollout_resources", "adapter_pins");
  private static final String STATEMENT = Page.of(Path.of("docs/operations.md")).commands("update").get(0);

  private LocalFleet fleet;
  private JdbcTemplate database;

  @Test
  void whatIsRestoredIsMadeAgainAndWhatIsUnknownIsLeftAlone() {
    try (var started = LocalFleet.start("hyperfleet.re-evaluation.pause=50ms")) {
      fleet = started;
      database = started.context().getBean(JdbcTemplate.class);
      var changed = started.createCluster("changed");
      var deleted = started.createCluster("deleted");
      awaitReady(changed, 1);
      awaitReady(deleted, 1);
      backUp();
      started.patch("/clusters/" + changed, "{\"spec\":{\"region\":\"lost\"}}");
      started.delete("/clusters/" + deleted);
      var created = started.createCluster("created");
      awaitReady(changed, 2);
      awaitReady(created, 1);
      await().atMost(Duration.ofSeconds(60)).until(() -> started.phase(deleted).equals("gone"));

      restore();

      awaitReady(changed, 1001);
      awaitReady(deleted, 1001);
      assertThat(started.get("/clusters/" + changed).body().at("/spec/region").asText()).isEqualTo("us-east1");
      assertThat(jobs(changed)).contains("validation-" + changed + "-gen1001");
      assertThat(jobs(deleted)).contains("validation-" + deleted + "-gen1001");
      assertThat(generation(changed)).isEqualTo("1001");
      assertThat(generation(deleted)).isEqualTo("1001");
      assertThat(started.phase(created)).isEqualTo("gone");
      assertThat(generation(created)).as("left for the operator").isEqualTo("1");

      started.patch("/clusters/" + changed, "{\"spec\":{\"region\":\"again\"}}");
      awaitReady(changed, 1002);
    }
  }

  private void awaitReady(String id, int generation) {
    await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
      var cluster = fleet.get("/clusters/" + id).body();
      assertThat(cluster.path("generation").asInt()).isEqualTo(generation);
      assertThat(cluster.at("/status/phase").asText()).as("%s", cluster).isEqualTo("Ready");
      assertThat(cluster.at("/status/observed_generation").asInt()).isEqualTo(generation);
    });
  }

  private void backUp() {
    inTransaction(() -> {
      database.execute("create schema backup");
      TABLES.forEach(table -> database.execute("create table backup." + table + " as table " + table));
    });
  }

  /** Again where the running system and the truncation, which operators run on a stopped one, lock each other out. */
  private void restore() {
    await().ignoreExceptionsInstanceOf(PessimisticLockingFailureException.class).until(() -> {
      restoreOnce();
      return true;
    });
  }

  private void restoreOnce() {
    inTransaction(() -> {
      database.execute("truncate " + String.join(", ", TABLES));
      TABLES.forEach(table -> database.execute(
          "insert into " + table + " overriding system value select * from backup." + table));
      assertThat(database.update(STATEMENT)).isEqualTo(2);
    });
  }

  private void inTransaction(Runnable work) {
    new TransactionTemplate(fleet.context().getBean(PlatformTransactionManager.class))
        .executeWithoutResult(status -> work.run());
  }

  private List<String> jobs(String cluster) {
    return fleet.kubernetes().batch().v1().jobs().inNamespace("hyperfleet-adapters")
        .withLabel("hyperfleet.io/cluster-id", cluster)
        .list().getItems().stream().map(job -> job.getMetadata().getName()).toList();
  }

  /** The generation that a cluster's DNS record was made for. */
  private String generation(String cluster) {
    GenericKubernetesResource record = fleet.kubernetes()
        .genericKubernetesResources("dns.hyperfleet.io/v1", "DnsRecord")
        .inNamespace("hyperfleet-adapters").withName(cluster).get();
    return record.getMetadata().getAnnotations().get("hyperfleet.io/generation");
  }
}
