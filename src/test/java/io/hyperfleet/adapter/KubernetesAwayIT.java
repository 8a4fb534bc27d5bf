package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.kubernetes.KubernetesErrors;
import io.hyperfleet.local.kubernetes.resource.Call;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kubernetes cannot be reached: adapters report that and carry on. */
@Tag("faults")
class KubernetesAwayIT extends AdapterFleetIT {

  private static final String AWAY = "Applied=False KubernetesAPIFailure, Available=False KubernetesAPIFailure, "
      + "Health=False KubernetesAPIFailure";

  @Test
  void reportsThatKubernetesCannotBeReached() {
    kubernetes().pause();
    awaitRefused();
    var id = create("{\"note\":\"n\"}");
    for (String adapter : new String[]{"runner", "keeper", "binder"}) {
      assertThat(conditions(id, adapter)).as(adapter).isEqualTo(AWAY);
      assertThat(message(id, adapter, "Health")).startsWith("Cannot connect to Kubernetes API: ")
          .containsIgnoringCase("refused").contains("check the API server, the network and the adapter's credentials");
    }
    assertThat(conditions(id, "waiter")).as("does not need Kubernetes").startsWith("Applied=False PreconditionsNotMet");

    kubernetes().resume();
    sendEvent(id);
    assertThat(conditions(id, "runner")).startsWith("Applied=True JobLaunched").endsWith("Health=True NoErrors");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503, 504})
  void takesAnOverloadedOrBrokenKubernetesForAway(int status) {
    kubernetes().fail(Call.any(), status, "InternalError", 1_000);

    var id = create("{\"note\":\"n\"}");

    assertThat(conditions(id, "runner")).isEqualTo(AWAY);
    assertThat(conditions(id, "keeper")).isEqualTo(AWAY);
  }

  @Test
  void keepsAReadyClusterReady() {
    var id = create("{\"note\":\"n\",\"region\":\"r\"}");
    makeReady(id);
    kubernetes().pause();

    sendEvent(id);

    assertThat(conditions(id, "runner"))
        .isEqualTo("Applied=True JobLaunched, Available=True JobSucceeded, Health=False KubernetesAPIFailure");
    assertThat(conditions(id, "keeper"))
        .isEqualTo(
            "Applied=True ResourcesApplied, Available=True PostconditionsMet, Health=False KubernetesAPIFailure");
    assertThat(FLEET.report(id, "keeper").at("/data/fqdn").asText()).as("data stays").isEqualTo("a.example.com");
    assertThat(FLEET.phase(id)).isEqualTo("Ready");

    sendEvent(id);
    assertThat(conditions(id, "runner")).as("also the second time")
        .isEqualTo("Applied=True JobLaunched, Available=True JobSucceeded, Health=False KubernetesAPIFailure");

    kubernetes().resume();
    sendEvent(id);
    assertThat(conditions(id, "runner"))
        .isEqualTo("Applied=True JobLaunched, Available=True JobSucceeded, Health=True AllChecksPassed");
    assertThat(FLEET.phase(id)).isEqualTo("Ready");
  }

  @Test
  void doesNotCallAnEarlierGenerationAvailable() {
    var id = create("{\"note\":\"n\",\"region\":\"r\"}");
    makeReady(id);
    kubernetes().pause();

    changeSpec(id, "{\"note\":\"m\",\"region\":\"r\"}");

    assertThat(conditions(id, "runner")).isEqualTo(AWAY);
    assertThat(FLEET.phase(id)).isEqualTo("NotReady");
  }

  /** Connections from before are used up: each of them would fail in its own words. */
  private static void awaitRefused() {
    var client = FLEET.context().getBean(KubernetesClient.class);
    await().until(() -> {
      try {
        return client.getKubernetesVersion() == null;
      } catch (KubernetesClientException e) {
        return KubernetesErrors.details(e).toLowerCase(Locale.ROOT).contains("refused");
      }
    });
  }
}
