package io.hyperfleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.faults.stage.Loops;
import io.hyperfleet.faults.stage.Stage;
import io.hyperfleet.faults.stage.Usages;
import io.hyperfleet.local.FaultProxy;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.kubernetes.resource.Call;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;

/**
 * Connections that are half-open, slow, cut or lose answers, between the adapters and Kubernetes (R17), between the
 * adapters and the API (R19, R20), and everywhere at once (R21). Connections that have lost bytes never recover: what
 * uses one has to give it up by itself.
 */
@Tag("faults")
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class ConnectionFaultsIT {

  private static final int CLUSTERS = 5;
  /** More than the web server has threads where the JDK has no virtual ones. */
  private static final int SLOW_CALLERS = 250;

  private Stage stage;
  private FaultProxy toApi;
  private LocalFleet fleet;

  @BeforeAll
  void start() throws Exception {
    stage = new Stage();
    int port = LocalFleet.freePort();
    toApi = new FaultProxy(port);
    fleet = stage.local("server.port=" + port, "hyperfleet.api.base-url=http://localhost:" + toApi.port());
  }

  @AfterAll
  void stop() throws Exception {
    stage.close();
    toApi.close();
  }

  @Test
  void kubernetesThatAnswersNothingIsReportedAndForgiven() throws Exception {
    var usage = stage.usage();
    stage.toKubernetes.halfOpen();
    var ids = create("silent-kubernetes-");
    await().atMost(Stage.CONVERGENCE).untilAsserted(() -> assertThat(ids).allSatisfy(
        id -> assertThat(fleet.condition(id, "validation", "Health")).isEqualTo("False KubernetesAPIFailure")));

    stage.toKubernetes.mend();

    assertConverged("R17", "Kubernetes half-open", usage);
  }

  /** R15: what was created is there, though its creator was told nothing. */
  @Test
  void jobsWhoseCreationWasNotAnsweredAreFound() throws Exception {
    var usage = stage.usage();
    stage.toKubernetes.loseAnswers();
    var ids = create("unanswered-kubernetes-");
    await().atMost(Stage.CONVERGENCE).untilAsserted(() -> assertThat(ids).allSatisfy(
        id -> assertThat(fleet.condition(id, "validation", "Health")).isEqualTo("False KubernetesAPIFailure")));

    stage.toKubernetes.mend();

    assertConverged("R15", "Kubernetes' answers lost", usage);
  }

  @Test
  void kubernetesThatDribblesIsWaitedForOrForgiven() throws Exception {
    var usage = stage.usage();
    stage.toKubernetes.dribble(Duration.ofMillis(2));
    var ids = create("dribbling-kubernetes-");
    await().atMost(Stage.CONVERGENCE).untilAsserted(
        () -> assertThat(ids).allSatisfy(id -> assertThat(fleet.condition(id, "validation", "Health")).isNotEmpty()));

    stage.toKubernetes.mend();

    assertConverged("R17", "Kubernetes answers 500 bytes a second", usage);
  }

  @Test
  void aWatchThatIsCutIsTakenUpAgain() throws Exception {
    var usage = stage.usage();
    stage.kubernetes.clearRequests();
    stage.toKubernetes.cut();
    var ids = create("cut-kubernetes-");
    await().atMost(Stage.CONVERGENCE).untilAsserted(() -> assertThat(ids).allSatisfy(
        id -> assertThat(fleet.condition(id, "validation", "Health")).isEqualTo("False KubernetesAPIFailure")));

    stage.toKubernetes.mend();

    await().atMost(Stage.CONVERGENCE)
        .until(() -> stage.kubernetes.requests().stream().anyMatch(Call.of("watch", "jobs")));
    assertConverged("R17", "Kubernetes cut", usage);
  }

  @Test
  void anApiThatCannotBeReachedIsAskedAgain() throws Exception {
    var usage = stage.usage();
    toApi.cut();
    create("cut-api-");
    await().until(() -> fleet.management("/readyz").status() == 503);

    toApi.mend();

    assertConverged("R19", "API cut", usage);
  }

  @Test
  void reportsWhoseAnswersAreLostMakeNoSecondJob() throws Exception {
    var usage = stage.usage();
    create("lost-answers-");
    await().until(() -> stage.count("select count(*) from history.reports") > 0);
    toApi.loseAnswers();
    create("more-lost-answers-");
    TimeUnit.NANOSECONDS.sleep(Loops.outage().toNanos());

    toApi.mend();

    assertConverged("R20", "the API's answers lost", usage);
  }

  @Test
  void nothingStaysStuckInConnectionsThatAreHalfOpenEverywhere() throws Exception {
    var usage = stage.usage();
    var proxies = List.of(stage.toPostgres, stage.toBroker, stage.toKubernetes, toApi);
    create("half-open-");
    proxies.forEach(FaultProxy::halfOpen);
    TimeUnit.NANOSECONDS.sleep(Loops.outage().toNanos());
    proxies.forEach(FaultProxy::mend);

    await().atMost(Stage.CONVERGENCE).until(() -> fleet.createClusterAnswer("half-open-after").status() != 503);
    assertConverged("R21", "everything half-open", usage);
  }

  @Test
  void callersWhoDribbleTheirRequestsKeepNobodyOut() throws Exception {
    var callers = new ArrayList<Socket>();
    try {
      for (int i = 0; i < SLOW_CALLERS; i++) {
        var caller = new Socket(InetAddress.getLoopbackAddress(), fleet.apiPort());
        callers.add(caller);
        caller.getOutputStream().write(("POST /api/hyperfleet/v1/clusters HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(fleet.createClusterAnswer("beside-slow-callers").status()).isEqualTo(201);
    } finally {
      for (var caller : callers) {
        caller.close();
      }
    }
    var took = stage.awaitConverged();
    Loops.measured("R21", "%d callers with unfinished bodies: another one's cluster Ready after %d ms", SLOW_CALLERS,
        took.toMillis());
    // The web server keeps the threads that it has started for as long as requests come: up to 200, whatever comes.
    stage.history.usages.clear();
    stage.assertInvariants();
  }

  @Test
  void aNameThatDoesNotResolveIsSaid() throws Exception {
    try (var sentinel = LocalFleet.start("hyperfleet.roles=sentinel",
        "hyperfleet.api.base-url=http://hyperfleet.invalid:8000")) {
      await().atMost(Stage.CONVERGENCE).untilAsserted(() -> assertThat(
          sentinel.management("/readyz").body().at("/checks/api").asText()).contains("hyperfleet.invalid"));
      assertThat(sentinel.management("/healthz").status()).isEqualTo(200);
    }
  }

  private List<String> create(String prefix) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < CLUSTERS; i++) {
      ids.add(fleet.createCluster(prefix + i));
    }
    return ids;
  }

  private void assertConverged(String fault, String what, Usages usage) throws Exception {
    var took = stage.awaitConverged();
    Loops.measured(fault, "%s: all Ready %d ms after the fault", what, took.toMillis());
    usage.settled();
    stage.assertInvariants();
  }
}
