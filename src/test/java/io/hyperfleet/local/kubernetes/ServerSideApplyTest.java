package io.hyperfleet.local.kubernetes;

import static io.hyperfleet.local.kubernetes.LocalKubernetesExtension.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerSideApplyTest {

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(Settings.instant());

  @Test
  void createsWhatIsMissing() {
    var applied = local.client().resource(map(Map.of("a", "1"))).fieldManager("first").serverSideApply();

    assertThat(applied.getData()).containsEntry("a", "1");
    assertThat(applied.getMetadata().getUid()).isNotEmpty();
    assertThat(applied.getMetadata().getManagedFields()).singleElement()
        .returns("first", ManagedFieldsEntry::getManager).returns("Apply", ManagedFieldsEntry::getOperation);
  }

  @Test
  void removesWhatItsManagerDropped() {
    apply("first", Map.of("a", "1", "b", "2"), false);

    var applied = apply("first", Map.of("b", "2"), false);

    assertThat(applied.getData()).containsOnlyKeys("b");
  }

  @Test
  void keepsWhatAnotherManagerApplied() {
    apply("first", Map.of("a", "1"), false);
    apply("second", Map.of("b", "2"), false);

    var applied = apply("first", Map.of(), false);

    assertThat(applied.getData()).containsOnlyKeys("b");
  }

  @Test
  void refusesToTakeAnothersField() {
    apply("first", Map.of("a", "1"), false);

    assertThatThrownBy(() -> apply("second", Map.of("a", "2"), false))
        .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
          assertThat(refused.getCode()).isEqualTo(409);
          assertThat(refused.getStatus().getReason()).isEqualTo("Conflict");
          assertThat(refused.getStatus().getMessage())
              .isEqualTo("Apply failed with 1 conflict: conflict with \"first\": .data.a");
          assertThat(refused.getStatus().getDetails().getCauses()).singleElement()
              .returns("FieldManagerConflict", StatusCause::getReason).returns(".data.a", StatusCause::getField);
        });
  }

  @Test
  void sharesAFieldOfTheSameValue() {
    apply("first", Map.of("a", "1"), false);
    apply("second", Map.of("a", "1"), false);

    var applied = apply("first", Map.of(), false);

    assertThat(applied.getData()).containsEntry("a", "1");
  }

  @Test
  void takesAnothersFieldByForce() {
    apply("first", Map.of("a", "1"), false);

    var applied = apply("second", Map.of("a", "2"), true);

    assertThat(applied.getData()).containsEntry("a", "2");
    assertThat(applied.getMetadata().getManagedFields()).extracting(ManagedFieldsEntry::getManager)
        .containsExactly("second");
  }

  @Test
  void conflictsWithAnUpdateToo() {
    apply("first", Map.of("a", "1"), false);
    local.client().configMaps().withName("settings")
        .edit(found -> new ConfigMapBuilder(found).addToData("a", "changed").build());

    assertThatThrownBy(() -> apply("first", Map.of("a", "1"), false)).hasMessageContaining(".data.a");
  }

  @Test
  void changesNothingTheSecondTime() {
    var first = apply("first", Map.of("a", "1"), false);
    var second = apply("first", Map.of("a", "1"), false);

    assertThat(second).isEqualTo(first);
  }

  @Test
  void appliesAJobAgainWithoutTouchingItsTemplate() {
    var job = JobLifecycleTest.job("work", Map.of());
    var first = local.client().resource(job).fieldManager("adapter").serverSideApply();
    await().until(() -> {
      var status = local.client().resource(job).get().getStatus();
      return status != null && status.getSucceeded() != null;
    });

    var second = local.client().resource(job).fieldManager("adapter").serverSideApply();

    assertThat(second.getSpec()).isEqualTo(first.getSpec());
    assertThat(second.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(second.getStatus().getSucceeded()).isEqualTo(1);
  }

  @Test
  void countsGenerationsOfACustomResource() {
    var record = record("a.example.com");
    var first = local.client().resource(record).fieldManager("adapter").serverSideApply();
    await().until(() -> "a.example.com".equals(local.client().resource(record).get().get("status", "fqdn")));
    var ready = local.client().resource(record).get();
    assertThat(ready.getMetadata().getGeneration()).isEqualTo(1);
    assertThat((Object) ready.get("status", "observedGeneration")).isEqualTo(1);

    local.client().resource(record("b.example.com")).fieldManager("adapter").serverSideApply();

    await().until(() -> "b.example.com".equals(local.client().resource(record).get().get("status", "fqdn")));
    var again = local.client().resource(record).get();
    assertThat(again.getMetadata().getGeneration()).isEqualTo(2);
    assertThat((Object) again.get("status", "observedGeneration")).isEqualTo(2);
    assertThat(again.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());
  }

  private ConfigMap apply(String manager, Map<String, String> data, boolean force) {
    var resource = local.client().resource(map(data)).fieldManager(manager);
    return force ? resource.forceConflicts().serverSideApply() : resource.serverSideApply();
  }

  private static ConfigMap map(Map<String, String> data) {
    return new ConfigMapBuilder().withNewMetadata().withName("settings").endMetadata().withData(data).build();
  }

  private static GenericKubernetesResource record(String hostname) {
    return resource("""
        apiVersion: dns.hyperfleet.io/v1
        kind: DnsRecord
        metadata: {name: demo}
        spec: {hostname: %s}
        """.formatted(hostname));
  }
}
