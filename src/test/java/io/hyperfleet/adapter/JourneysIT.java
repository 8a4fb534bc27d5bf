package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * What a partner's adapter lives through, each over the whole path: event, API, Kubernetes, report. An API that is away
 * is in {@link ApiAwayIT}, Kubernetes in {@link KubernetesAwayIT}.
 */
class JourneysIT extends AdapterFleetIT {

  private static final String STUCK = "Applied=False JobCreationFailed, Available=False JobCreationFailed, Health=False CreateError";

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    root().addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    root().detachAppender(logged);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private List<String> errors() {
    return List.copyOf(logged.list).stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
        .map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void a1CreatesItsWorkloadAndSaysSo() {
    var id = create("{\"finish\":\"line\",\"duration\":\"1h\"}");

    assertThat(jobsOf(id, "finisher")).containsExactly(name(id, 1));
    assertThat(conditions(id, "finisher"))
        .startsWith("Applied=True JobLaunched, Available=Unknown JobInProgress, Health=True NoErrors, ");
    assertThat(FLEET.report(id, "finisher").path("last_report_time").asText()).isNotEmpty();
    assertThat(FLEET.phase(id)).isEqualTo("NotReady");
    assertThat(errors()).isEmpty();
  }

  @Test
  void a2ReportsSuccessAndThenCleansUp() {
    var id = create("{\"note\":\"n\",\"region\":\"r\",\"finish\":\"line\"}");
    awaitEnd(name(id, 1));

    makeReady(id);
    sendEvent(id);

    assertThat(jobsOf(id, "finisher")).isEmpty();
    assertThat(conditions(id, "finisher"))
        .startsWith("Applied=True JobLaunched, Available=True JobSucceeded, Health=True AllChecksPassed");
    assertThat(FLEET.report(id, "finisher").at("/data/result").asText()).as("data outlives the Job").isEqualTo("line");
    assertThat(FLEET.phase(id)).isEqualTo("Ready");
    assertThat(errors()).isEmpty();
  }

  @Test
  void a2ReportsConditionsOfItsOwnWithSuccess() {
    var id = create("{\"finish\":\"line\",\"duration\":\"1h\"}");
    assertThat(conditions(id, "finisher"))
        .endsWith("ResultKnown=False ConditionNotMet, Profitable=Unknown JobInProgress");

    changeSpec(id, "{\"finish\":\"line\"}");
    awaitEnd(name(id, 2));
    sendEvent(id);

    assertThat(conditions(id, "finisher")).endsWith("ResultKnown=True ConditionMet, Profitable=Unknown JobSucceeded");
  }

  @Test
  void a2KeepsTheJobWhenItCannotBeDeletedAndTriesAgain() {
    var id = create("{\"finish\":\"line\"}");
    awaitEnd(name(id, 1));
    kubernetes().fail(Call.of("delete", "jobs"), 403, "Forbidden", 1);

    sendEvent(id);
    assertThat(conditions(id, "finisher")).contains("Available=True JobSucceeded, Health=True AllChecksPassed");
    assertThat(jobsOf(id, "finisher")).hasSize(1);

    sendEvent(id);
    assertThat(jobsOf(id, "finisher")).isEmpty();
  }

  @Test
  void a3SaysWhatItWaitsFor() {
    var id = create("{\"finish\":\"line\",\"wanted\":false}");

    assertThat(conditions(id, "finisher")).startsWith(
        "Applied=False PreconditionsNotMet, Available=False PreconditionsNotMet, Health=True NoErrors, ");
    assertThat(message(id, "finisher", "Available"))
        .isEqualTo("Waiting for dependencies to be met: finishing is wanted");
    assertThat(jobsOf(id, "finisher")).isEmpty();
    assertThat(errors()).isEmpty();
  }

  @Test
  void a4SaysThatAnImageCannotBePulled() {
    var id = create("{\"finish\":\"line\",\"stuck\":\"ImagePullBackOff\"}");
    awaitStuckPod(name(id, 1));

    sendEvent(id);

    assertThat(conditions(id, "finisher")).startsWith(STUCK);
    assertThat(message(id, "finisher", "Health"))
        .startsWith("Failed to create workload: ImagePullBackOff: container finish")
        .contains("registry.example.com/finish:1").endsWith("that the cluster may pull it.");
  }

  @Test
  void a4SaysWhyAJobHasNoPods() {
    var id = create("{\"finish\":\"line\",\"stuck\":\"FailedCreate\"}");
    await().until(() -> job(name(id, 1)).getStatus() != null && job(name(id, 1)).getStatus().getStartTime() != null);

    sendEvent(id);

    assertThat(conditions(id, "finisher")).startsWith(STUCK);
    assertThat(message(id, "finisher", "Applied")).startsWith("Failed to create workload: Error creating: pods ")
        .contains("exceeded quota")
        .endsWith("Raise the quota of the namespace or delete workloads that are no longer needed.");
  }

  @Test
  void a4NamesAPodThatWaitsForANodeWithoutCallingItAFailure() {
    var id = create("{\"finish\":\"line\",\"stuck\":\"Unschedulable\"}");
    awaitStuckPod(name(id, 1));

    sendEvent(id);

    assertThat(conditions(id, "finisher"))
        .startsWith("Applied=True JobLaunched, Available=Unknown JobInProgress, Health=True");
    assertThat(message(id, "finisher", "Available")).contains("is waiting for a node: 0/1 nodes are available");
  }

  @ParameterizedTest
  @CsvSource({"privileged, containers[0].securityContext.privileged: needs the permission privileged",
      "network, hostNetwork: needs the permission host-network"})
  void a4RefusesWhatThePolicyDoesNotAllowBeforeKubernetesSeesIt(String offence, String message) {
    var id = create("{\"offend\":\"" + offence + "\"}");

    assertThat(conditions(id, "offender"))
        .isEqualTo("Applied=False PolicyViolation, Available=False PolicyViolation, Health=False CreateError");
    assertThat(message(id, "offender", "Applied"))
        .startsWith("Failed to create workload: blocked by the adapter policy")
        .contains(message).endsWith("ask the operator to allow it.");
    assertThat(jobsOf(id, "offender")).isEmpty();

    changeSpec(id, "{\"offend\":\"nothing\"}");
    assertThat(conditions(id, "offender")).startsWith("Applied=True JobLaunched");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      "failAs":"exit:3","fail":"No such zone"  | No such zone: container finish exited with code 3, Error
      "failAs":"OOMKilled"                      | container finish exited with code 137, OOMKilled; raise its memory limit
      "failAs":"Evicted"                        | Evicted: pod finisher-
      "duration":"1h","deadline":1              | container finish exited with code 143, Error (DeadlineExceeded: Job was
      """)
  void a5SaysWhyAJobFailed(String spec, String reason) {
    var id = create("{\"finish\":\"line\"," + spec + "}");
    awaitEnd(name(id, 1));
    sendEvent(id);
    awaitEnd(name(id, 1));

    sendEvent(id);

    assertThat(conditions(id, "finisher"))
        .startsWith("Applied=True JobLaunched, Available=False JobFailed, Health=True NoErrors");
    assertThat(message(id, "finisher", "Available")).startsWith("line was not reached. " + reason)
        .contains("kubectl logs -n hyperfleet-adapters job/" + name(id, 1)).endsWith("Attempt 2 of 2, the last one.");
    assertThat(conditions(id, "finisher")).endsWith("ResultKnown=False ConditionNotMet, Profitable=False JobFailed");
  }

  @Test
  void a5SucceedsOnceTheUserHasPutItRight() {
    var id = create("{\"finish\":\"line\",\"fail\":\"No such zone\"}");
    awaitEnd(name(id, 1));
    sendEvent(id);

    changeSpec(id, "{\"finish\":\"line\"}");
    awaitEnd(name(id, 2));
    sendEvent(id);

    assertThat(conditions(id, "finisher")).startsWith("Applied=True JobLaunched, Available=True JobSucceeded");
  }

  @Test
  void a6TellsThePlatformsTroubleFromItsOwnAndKeepsItsConditions() {
    kubernetes().pause();

    var id = create("{\"finish\":\"line\"}");

    assertThat(conditions(id, "finisher")).isEqualTo("Applied=False KubernetesAPIFailure, Available=False "
        + "KubernetesAPIFailure, Health=False KubernetesAPIFailure, ResultKnown=False ConditionNotMet, "
        + "Profitable=False KubernetesAPIFailure");
    assertThat(message(id, "finisher", "Health")).startsWith("Cannot connect to Kubernetes API: ");
    assertThat(message(id, "finisher", "Profitable")).contains(": Cannot connect to Kubernetes API");
  }

  /** The Job counts as active before its pod says what keeps it from running. */
  private static void awaitStuckPod(String job) {
    await()
        .until(() -> FLEET.kubernetes().pods().inNamespace(LocalKubernetes.NAMESPACE).withLabel("job-name", job).list()
            .getItems().stream().anyMatch(pod -> !pod.getStatus().getConditions().isEmpty()));
  }

  private static String name(String id, int generation) {
    return "finisher-" + id + "-gen" + generation;
  }
}
