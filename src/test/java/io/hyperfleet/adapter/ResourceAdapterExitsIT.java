package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.local.kubernetes.resource.Call;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a resource-adapter reports: the counterparts of the exits of a job-adapter. */
@Tag("faults")
class ResourceAdapterExitsIT extends AdapterFleetIT {

  private static final String IN_PROGRESS = "Applied=True ResourcesApplied, Available=Unknown WorkloadInProgress, Health=True NoErrors";
  private static final String READY = "Applied=True ResourcesApplied, Available=True PostconditionsMet, Health=True AllChecksPassed";
  private static final String REFUSED = "Applied=False ResourceCreationFailed, Available=False ResourceCreationFailed, Health=False CreateError";

  @Test
  void reportsPreconditionsNotMetAndAppliesNothing() {
    var id = create("{\"keep\":false}");

    assertThat(conditions(id, "keeper")).isEqualTo(
        "Applied=False PreconditionsNotMet, Available=False PreconditionsNotMet, Health=True NoErrors");
    assertThat(message(id, "keeper", "Available")).isEqualTo("Waiting for dependencies to be met: keeping is wanted");
    assertThat(record(id).get()).isNull();
  }

  @Test
  void reportsResourcesThatAreNotYetAsWanted() {
    var id = create("{\"unready\":\"Unschedulable\"}");

    assertThat(conditions(id, "keeper")).isEqualTo(IN_PROGRESS);
    assertThat(message(id, "keeper", "Available"))
        .isEqualTo("Postconditions not met: record is ready, record is of this generation");
    assertThat(record(id).get()).isNotNull();
  }

  @Test
  void reportsResourcesThatAreAsWantedWithTheirData() {
    var id = create("{\"host\":\"demo\"}");
    awaitReady(id);

    sendEvent(id);

    assertThat(conditions(id, "keeper")).isEqualTo(READY);
    assertThat(FLEET.report(id, "keeper").at("/data/fqdn").asText()).isEqualTo("demo.example.com");
  }

  @Test
  void isNotAvailableUntilTheChangedResourceIsReadyAgain() {
    var id = create("{\"host\":\"demo\"}");
    awaitReady(id);
    sendEvent(id);

    changeSpec(id, "{\"host\":\"other\",\"unready\":\"Unschedulable\"}");

    assertThat(conditions(id, "keeper")).isEqualTo(IN_PROGRESS);
    assertThat(record(id).get().<Object>get("spec", "hostname")).isEqualTo("other.example.com");
    assertThat(FLEET.report(id, "keeper").at("/last_definitive/data/fqdn").asText()).isEqualTo("demo.example.com");
  }

  @Test
  void reportsAJobAmongTheResourcesThatHasFailed() {
    var id = create("{\"bindFail\":\"No such tenant: create it first\"}");
    awaitEnd("binder-" + id);

    sendEvent(id);

    assertThat(conditions(id, "binder"))
        .isEqualTo("Applied=True ResourcesApplied, Available=False WorkloadFailed, Health=True NoErrors");
    assertThat(message(id, "binder", "Available")).startsWith("No such tenant: create it first")
        .contains("exited with code 1");
  }

  @Test
  void saysThatAJobHasFailedAlsoWhenItMayNotReadItsPods() {
    var id = create("{\"bindFail\":\"No such tenant\"}");
    awaitEnd("binder-" + id);
    kubernetes().fail(Call.of("list", "pods"), 403, "Forbidden", 10);

    sendEvent(id);

    assertThat(conditions(id, "binder"))
        .isEqualTo("Applied=True ResourcesApplied, Available=False WorkloadFailed, Health=True NoErrors");
    assertThat(message(id, "binder", "Available")).startsWith("BackoffLimitExceeded");
  }

  @Test
  void reportsAnApplyThatItMayNotMake() {
    kubernetes().fail(Call.of("patch", "dnsrecords"), 403, "Forbidden", 1);

    var id = create("{}");

    assertThat(conditions(id, "keeper")).endsWith("Health=False KubernetesAPIFailure");
    assertThat(message(id, "keeper", "Health"))
        .isEqualTo("The Kubernetes API denied access: user local may not patch "
            + "dnsrecords.dns.hyperfleet.io in the namespace hyperfleet-adapters. Grant patch on dnsrecords.dns.hyperfleet.io to the adapter's "
            + "Role. The next event tries again.");
    sendEvent(id);
    assertThat(conditions(id, "keeper")).as("the next event tries again").startsWith("Applied=True");
  }

  @Test
  void reportsAManifestThatDoesNotFitItsSchemaAsARefusal() {
    kubernetes().fail(Call.of("patch", "dnsrecords"), 500, "",
        "failed to create typed patch object (hyperfleet-adapters/x; "
            + "dns.hyperfleet.io/v1, Kind=DnsRecord): .spec.ttl: expected string, got &value.valueUnstructured{Value:4711}",
        1);

    var id = create("{}");

    assertThat(conditions(id, "keeper")).isEqualTo(REFUSED);
    assertThat(message(id, "keeper", "Health"))
        .isEqualTo("Failed to create workload: DnsRecord x does not fit its schema: .spec.ttl: "
            + "expected string, got a number: put it in quotes. Correct the adapter's manifest.");
  }

  @Test
  void neverOverwritesAnObjectOfSomebodyElse() {
    var id = create("{\"keep\":false}");
    var foreign = new GenericKubernetesResource();
    foreign.setApiVersion("dns.hyperfleet.io/v1");
    foreign.setKind("DnsRecord");
    foreign.setMetadata(new ObjectMetaBuilder().withName(id).addToLabels("owner", "somebody").build());
    foreign.setAdditionalProperty("spec", Map.of("hostname", "theirs.example.com"));
    FLEET.kubernetes().resource(foreign).create();

    changeSpec(id, "{\"keep\":true}");

    assertThat(conditions(id, "keeper")).isEqualTo(REFUSED);
    assertThat(message(id, "keeper", "Applied")).startsWith("Failed to create workload: DnsRecord " + id)
        .endsWith("Delete or rename it.");
    assertThat(record(id).get().<Object>get("spec", "hostname")).isEqualTo("theirs.example.com");
    assertThat(record(id).get().getMetadata().getLabels()).containsOnlyKeys("owner");
  }

  @Test
  void leavesWhatALaterGenerationHasMade() {
    var id = create("{\"host\":\"old\"}");
    applyLaterGeneration(id);

    sendEvent(id);

    assertThat(record(id).get().<Object>get("spec", "hostname")).isEqualTo("new.example.com");
    assertThat(record(id).get().getMetadata().getAnnotations()).containsEntry(OwnerLabels.GENERATION, "7");
  }

  @Test
  void looksAgainWhenTheObjectChangesWhileItIsLooking() {
    var id = create("{\"host\":\"old\"}");
    kubernetes().fail(Call.of("patch", "dnsrecords"), 409, "Conflict", 2);

    changeSpec(id, "{\"host\":\"new\"}");

    assertThat(conditions(id, "keeper")).startsWith("Applied=True ResourcesApplied");
    assertThat(record(id).get().<Object>get("spec", "hostname")).isEqualTo("new.example.com");
  }

  private static void applyLaterGeneration(String id) {
    record(id).edit(object -> {
      object.getMetadata().getAnnotations().put(OwnerLabels.GENERATION, "7");
      object.setAdditionalProperty("spec", Map.of("hostname", "new.example.com"));
      return object;
    });
  }

  private static void awaitReady(String id) {
    await().until(() -> record(id).get().<Object>get("status", "fqdn") != null);
  }
}
