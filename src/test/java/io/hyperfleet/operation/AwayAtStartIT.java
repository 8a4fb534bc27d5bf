package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.broker.BrokerAdmin;
import io.hyperfleet.broker.BrokerProperties;
import io.hyperfleet.broker.PubSubConnection;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.LocalPostgres;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.pubsub.LocalPubSub;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What a process needs is not there when it starts: the process runs, says so, and does its work once it comes. */
@Tag("faults")
class AwayAtStartIT {

  /** Who has waited for long asks again a minute later. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void waitsForItsDatabase() throws IOException {
    try (var nothing = new DroppingServer();
        var fleet = LocalFleet.start(
            "spring.datasource.url=jdbc:postgresql://localhost:" + nothing.port() + "/postgres",
            "spring.datasource.username=postgres", "spring.datasource.password=postgres")) {
      assertWaits(fleet, "database", "database unavailable");
      assertThat(fleet.post("/clusters", "{\"kind\":\"Cluster\",\"name\":\"too-early\",\"spec\":{}}").status())
          .isEqualTo(503);
      nothing.assertPaced();

      int port = nothing.port();
      nothing.close();
      try (var postgres = LocalPostgres.start(port)) {
        awaitReady(fleet);
        awaitPhaseReady(fleet, fleet.createCluster("after-database"));
        fleet.close();
      }
    }
  }

  @Test
  void waitsForItsBroker() throws IOException {
    try (var nothing = new DroppingServer();
        var fleet = LocalFleet.start("hyperfleet.broker.emulator-host=localhost:" + nothing.port())) {
      assertWaits(fleet, "broker", "broker unavailable");
      var cluster = fleet.createCluster("before-broker");
      nothing.assertPaced();

      int port = nothing.port();
      nothing.close();
      try (var broker = LocalPubSub.start(port)) {
        awaitReady(fleet);
        awaitPhaseReady(fleet, cluster);
        fleet.close();
      }
    }
  }

  @Test
  void waitsForTopicsAndSubscriptionsThatSomebodyElseCreates() throws IOException {
    try (var broker = LocalPubSub.start(0);
        var fleet = LocalFleet.start("hyperfleet.broker.create-missing=false",
            "hyperfleet.broker.emulator-host=" + broker.endpoint())) {
      assertWaits(fleet, "broker", "topic hyperfleet.clusters.changed.v1 does not exist");
      await().untilAsserted(() -> assertThat(fleet.management("/readyz").body().at("/checks/broker").asText())
          .contains("subscription dns-adapter-sub does not exist"));
      var cluster = fleet.createCluster("before-topics");
      await().untilAsserted(() -> {
        var event = fleet.get("/events?aggregate_id=" + cluster).body().at("/items/0");
        assertThat(event.path("last_error").asText()).contains("hyperfleet.clusters.changed.v1");
        assertThat(event.path("published").asBoolean()).isFalse();
      });

      createTopicsAndSubscriptions(broker);

      awaitReady(fleet);
      awaitPhaseReady(fleet, cluster);
    }
  }

  private static void createTopicsAndSubscriptions(LocalPubSub broker) throws IOException {
    var properties = new Binder(new MapConfigurationPropertySource(Map.of(
        "hyperfleet.broker.emulator-host", broker.endpoint(), "hyperfleet.broker.create-missing", "true")))
        .bindOrCreate("hyperfleet.broker", BrokerProperties.class);
    var connection = new PubSubConnection(properties);
    var admin = new BrokerAdmin(properties, connection);
    for (String adapter : List.of("validation", "dns", "placement", "hyperfleet")) {
      admin.requireSubscription(adapter + "-adapter-sub", "hyperfleet.clusters.changed.v1");
    }
    admin.requireSubscription("machines-adapter-sub", "hyperfleet.nodepools.changed.v1");
    admin.requireTopic("hyperfleet.nodepools.changed.v1");
    admin.destroy();
    connection.destroy();
  }

  @Test
  void waitsForKubernetes(@TempDir Path folder) throws IOException {
    var kubeconfig = folder.resolve("kubeconfig");
    try (var nothing = new DroppingServer()) {
      Files.writeString(kubeconfig, """
          apiVersion: v1
          kind: Config
          current-context: away
          clusters: [{name: away, cluster: {server: "http://127.0.0.1:%d"}}]
          users: [{name: away, user: {}}]
          contexts: [{name: away, context: {cluster: away, user: away, namespace: hyperfleet-adapters}}]
          """.formatted(nothing.port()));
      try (var fleet = LocalFleet.start("hyperfleet.kubernetes.kubeconfig=" + kubeconfig)) {
        assertWaits(fleet, "kubernetes", "kubernetes unavailable at http://127.0.0.1:" + nothing.port());
        var cluster = fleet.createCluster("before-kubernetes");
        await().until(() -> fleet.condition(cluster, "validation", "Health"),
            "False KubernetesAPIFailure"::equals);
        nothing.assertPaced();

        int port = nothing.port();
        nothing.close();
        try (var kubernetes = LocalKubernetes.start(new LocalKubernetes.Settings(port, Duration.ZERO, Duration.ZERO))) {
          awaitReady(fleet);
          awaitPhaseReady(fleet, cluster);
          fleet.close();
        }
      }
    }
  }

  @Test
  void sentinelAndAdaptersWaitForTheApi() throws IOException {
    try (var nothing = new DroppingServer();
        var broker = LocalPubSub.start(0);
        var clients = LocalFleet.start("hyperfleet.roles=sentinel,adapters",
            "hyperfleet.api.base-url=http://localhost:" + nothing.port(),
            "hyperfleet.broker.emulator-host=" + broker.endpoint())) {
      assertWaits(clients, "api", "api unavailable at http://localhost:" + nothing.port());
      await().until(() -> clients.context().getBean(MeterRegistry.class)
          .get("hyperfleet.sentinel.api.errors").tag("resource_type", "clusters").counters().stream()
          .mapToDouble(Counter::count).sum() > 0);
      await().untilAsserted(() -> assertThat(clients.management("/readyz").body().at("/checks/sentinel_poll").asText())
          .isEqualTo("no successful poll of clusters completed yet"));
      nothing.assertPaced();

      int port = nothing.port();
      nothing.close();
      try (var api = LocalFleet.start("hyperfleet.roles=api,outbox", "server.port=" + port,
          "hyperfleet.broker.emulator-host=" + broker.endpoint())) {
        awaitReady(clients);
        awaitPhaseReady(api, api.createCluster("after-api"));
      }
    }
  }

  @Test
  void relayWaitsForItsSchema() {
    try (var postgres = LocalPostgres.start(0);
        var broker = LocalPubSub.start(0);
        var relay = LocalFleet.start("hyperfleet.roles=outbox", "spring.datasource.url=" + postgres.jdbcUrl(),
            "hyperfleet.broker.emulator-host=" + broker.endpoint())) {
      assertWaits(relay, "schema", "schema is missing: no migration has run");

      try (var api = LocalFleet.start("hyperfleet.roles=api", "spring.datasource.url=" + postgres.jdbcUrl())) {
        awaitReady(relay);
        var cluster = api.createCluster("relayed");
        await().until(() -> api.get("/events?aggregate_id=" + cluster).body().at("/items/0/published").asBoolean());
      }
    }
  }

  private static void assertWaits(LocalFleet fleet, String check, String reason) {
    assertThat(fleet.management("/healthz").status()).isEqualTo(200);
    await().untilAsserted(() -> {
      var answer = fleet.management("/readyz");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body().path("status").asText()).isEqualTo("not_ready");
      assertThat(answer.body().path("reason").asText()).contains(reason);
      assertThat(answer.body().path("checks").path(check).asText()).contains(reason);
    });
  }

  private static void awaitReady(LocalFleet fleet) {
    await().atMost(PATIENCE).untilAsserted(() -> {
      var answer = fleet.management("/readyz");
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
      assertThat(answer.body().path("status").asText()).isEqualTo("ok");
    });
  }

  private static void awaitPhaseReady(LocalFleet fleet, String cluster) {
    await().atMost(PATIENCE).until(() -> fleet.phase(cluster), "Ready"::equals);
  }
}
