package io.hyperfleet.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.LocalPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.Route;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each role runs in a process of its own, which loads its routes, opens its ports and needs its services only. */
class RoleSelectionIT {

  @Test
  void apiAloneHasNoKubernetesAndNoBroker() {
    try (var fleet = LocalFleet.start("hyperfleet.roles=api")) {
      assertThat(fleet.context().getBeansOfType(KubernetesClient.class)).isEmpty();
      assertThat(fleet.context().containsBean("brokerAdmin")).isFalse();
      assertThat(routes(fleet)).containsExactlyInAnyOrder("re-evaluation", "adapter-rollouts", "announced-adapters",
          "announcement-retention", "fleet-count", "operation-steps");
      assertThat(checks(fleet)).containsExactly("routes", "database", "schema", "adapters");

      assertThat(fleet.get("/clusters/" + fleet.createCluster("alone")).status()).isEqualTo(200);
    }
  }

  @Test
  void outboxAloneHasNoApi() {
    try (var postgres = LocalPostgres.start(0)) {
      Flyway.configure().dataSource(postgres.jdbcUrl(), postgres.username(), postgres.password()).load().migrate();
      try (var fleet = LocalFleet.start("hyperfleet.roles=outbox", "spring.datasource.url=" + postgres.jdbcUrl())) {
        assertThat(isOpen(fleet.apiPort())).isFalse();
        assertThat(fleet.context().getBeansOfType(Flyway.class)).isEmpty();
        assertThat(fleet.context().getBeansOfType(KubernetesClient.class)).isEmpty();
        assertThat(routes(fleet)).containsExactlyInAnyOrder("outbox-relay", "outbox-poll", "outbox-wake",
            "outbox-backlog", "outbox-retention");
        assertThat(checks(fleet)).containsExactly("routes", "database", "schema", "broker");
      }
    }
  }

  @Test
  void sentinelAloneNeedsTheApiOnly() {
    try (var api = LocalFleet.start("hyperfleet.roles=api");
        var fleet = LocalFleet.start("hyperfleet.roles=sentinel",
            "hyperfleet.api.base-url=http://localhost:" + api.apiPort())) {
      assertThat(isOpen(fleet.apiPort())).isFalse();
      assertThat(fleet.context().getBeansOfType(DataSource.class)).isEmpty();
      assertThat(fleet.context().containsBean("brokerAdmin")).isFalse();
      assertThat(routes(fleet)).containsExactlyInAnyOrder("sentinel-ahead", "sentinel-ask", "sentinel-clusters",
          "sentinel-nodepools");
      assertThat(checks(fleet)).containsExactly("routes", "api", "sentinel_poll");
    }
  }

  @Test
  void adaptersAloneHaveNoDatabaseAndNoApi() throws Exception {
    try (var api = LocalFleet.start("hyperfleet.roles=api");
        var fleet = LocalFleet.start("hyperfleet.roles=adapters", "hyperfleet.management.hawtio.enabled=true",
            "hyperfleet.management.hawtio.password=0123456789abcdef", "management.endpoints.web.exposure.include=*",
            "hyperfleet.api.base-url=http://localhost:" + api.apiPort())) {
      assertThat(isOpen(fleet.apiPort())).isFalse();
      assertThat(fleet.context().getBeansOfType(DataSource.class)).isEmpty();
      assertThat(fleet.context().getBeansOfType(Flyway.class)).isEmpty();
      for (String path : List.of("/hawtio/index.html", "/hawtio/jolokia/version", "/jolokia/version")) {
        assertThat(status(fleet, path, "operator:0123456789abcdef")).as(path).isEqualTo(200);
        assertThat(status(fleet, path, "operator:other")).as(path).isEqualTo(401);
      }
      assertThat(status(fleet, "/env", "operator:0123456789abcdef")).isEqualTo(404);
      assertThat(routes(fleet)).contains("validation-adapter", "dns-adapter", "placement-adapter", "hyperfleet-adapter")
          .noneMatch(id -> id.startsWith("outbox") || id.startsWith("sentinel"));
      assertThat(checks(fleet)).containsExactly("routes", "broker", "api", "kubernetes", "adapters");
    }
  }

  @Test
  void gitopsAloneNeedsKubernetesAndARepository(@TempDir Path directory) {
    try (var fleet = LocalFleet.start("hyperfleet.roles=gitops", "hyperfleet.gitops.repositories[0].name=fleet",
        "hyperfleet.gitops.work-directory=" + directory,
        "hyperfleet.gitops.repositories[0].url=" + directory.resolve("fleet.git").toUri())) {
      assertThat(isOpen(fleet.apiPort())).isFalse();
      assertThat(fleet.context().getBeansOfType(DataSource.class)).isEmpty();
      assertThat(fleet.context().containsBean("brokerAdmin")).isFalse();
      assertThat(routes(fleet)).contains("gitops-changes", "gitops-reconcile-adapters")
          .allMatch(id -> id.startsWith("gitops-"));
      assertThat(fleet.management("/healthz").status()).isEqualTo(200);
      assertThat(checks(fleet)).containsExactly("routes", "kubernetes", "gitops");
    }
    assertThatThrownBy(() -> LocalFleet.start("hyperfleet.roles=gitops"))
        .hasStackTraceContaining(
            "hyperfleet.gitops.repositories: set the Git repository to write to, with name and url");
  }

  @Test
  void refusesAnUnknownRole() {
    assertThatThrownBy(() -> LocalFleet.start("hyperfleet.roles=api,outboxes"))
        .hasStackTraceContaining(
            "hyperfleet.roles: unknown role 'outboxes'; allowed: api, outbox, sentinel, adapters, "
                + "gitops");
  }

  private static int status(LocalFleet fleet, String path, String credentials)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + fleet.managementPort() + path))
        .header("Authorization",
            "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
        .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private static Set<String> routes(LocalFleet fleet) {
    return fleet.camel().getRoutes().stream().map(Route::getRouteId).collect(Collectors.toSet());
  }

  /** The names of the checks, once all pass. */
  private static List<String> checks(LocalFleet fleet) {
    await().untilAsserted(() -> {
      var answer = fleet.management("/readyz");
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    });
    var names = new java.util.ArrayList<String>();
    fleet.management("/readyz").body().path("checks").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean isOpen(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("localhost", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
