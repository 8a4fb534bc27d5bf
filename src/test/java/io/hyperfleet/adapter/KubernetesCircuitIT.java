package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.hyperfleet.local.kubernetes.resource.Call;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** R17: a Kubernetes API that fails again and again is left alone for a while, and used again when it answers. */
@Tag("faults")
class KubernetesCircuitIT extends AdapterFleetIT {

  private static final String SPEC = "{\"note\":\"n\"}";
  private static final int MANY = 100_000;

  @Test
  void opensWhileMostCallsFailAndClosesAgain() {
    kubernetes().fail(Call.any(), 503, "ServiceUnavailable", MANY);
    var id = create(SPEC);

    await().until(() -> {
      sendEvent(id);
      return CIRCUIT.getState() != State.CLOSED;
    });

    kubernetes().clearFailures();
    await().until(() -> {
      sendEvent(id);
      return CIRCUIT.getState() == State.CLOSED;
    });
    sendEvent(id);
    assertThat(conditions(id, "runner")).startsWith("Applied=True JobLaunched").contains("Health=True");
  }

  @Test
  void sendsNothingWhileItIsOpen() {
    CIRCUIT.transitionToForcedOpenState();
    kubernetes().clearRequests();

    var id = create(SPEC);
    FLEET.delete("/clusters/" + id);
    settle(id);

    assertThat(kubernetes().requests()).isEmpty();
    for (String adapter : new String[]{"runner", "keeper", "binder"}) {
      assertThat(conditions(id, adapter)).as(adapter).contains("Health=False KubernetesAPIFailure")
          .endsWith("Finalized=False AdapterUnhealthy");
      assertThat(message(id, adapter, "Health"))
          .startsWith("Cannot connect to Kubernetes API: CircuitBreaker 'kubernetes' is ")
          .contains("The next event tries again");
    }
  }

  @Test
  void doesNotCountRefusals() {
    kubernetes().fail(Call.of("create", "jobs"), 403, "Forbidden", MANY);
    kubernetes().fail(Call.of("patch", "dnsrecords"), 500, "",
        "failed to create typed patch object (n/x; dns.hyperfleet.io/v1, "
            + "Kind=DnsRecord): .spec.x: field not declared in schema",
        MANY);

    var id = create(SPEC);

    assertThat(conditions(id, "runner")).as("a permission that is missing is this adapter's alone")
        .endsWith("Health=False KubernetesAPIFailure");
    assertThat(conditions(id, "keeper")).endsWith("Health=False CreateError");
    assertThat(CIRCUIT.getMetrics().getNumberOfFailedCalls()).isZero();
    assertThat(CIRCUIT.getMetrics().getNumberOfSuccessfulCalls()).isPositive();
  }
}
