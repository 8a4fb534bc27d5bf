package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.adapter.event.Owner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnerLabelsTest {

  private static final Owner OWNER = Owner.ofCluster("dns", "c-1", 3);

  private static Map<String, Object> map(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }

  @Test
  void stampsTheObjectAndItsPodTemplateButNoGenerationOnTheLatter() {
    Map<String, Object> job = map("kind", "Job", "metadata",
        map("labels", map("mine", "1", OwnerLabels.MANAGED_BY, "another")), "spec",
        map("template", map("spec", map("containers", "x"))));

    OwnerLabels.stamp(job, OWNER);

    Map<String, String> owner = Map.of("hyperfleet.io/cluster-id", "c-1", "hyperfleet.io/managed-by", "dns",
        "hyperfleet.io/resource-type", "job");
    assertThat(job.get("metadata")).isEqualTo(Map.of(
        "labels", map("mine", "1", "hyperfleet.io/cluster-id", "c-1", "hyperfleet.io/managed-by", "dns",
            "hyperfleet.io/resource-type", "job", "hyperfleet.io/generation", "3"),
        "annotations", Map.of("hyperfleet.io/generation", "3", "hyperfleet.io/created-by", "hyperfleet")));
    assertThat(job.get("spec")).isEqualTo(Map.of("template",
        Map.of("spec", Map.of("containers", "x"), "metadata", Map.of("labels", owner))));
  }

  @Test
  void leavesSpecsWithoutAPodTemplateAlone() {
    Map<String, Object> record = map("kind", "DnsRecord", "spec", map("template", "plain"));

    OwnerLabels.stamp(record, OWNER);

    assertThat(record.get("spec")).isEqualTo(Map.of("template", "plain"));
  }

  @Test
  void refusesMetadataThatIsNoMap() {
    assertThatThrownBy(() -> OwnerLabels.stamp(map("kind", "Job", "metadata", "x"), OWNER))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("metadata");
  }

  @Test
  void ownsWhatCarriesItsLabelsOfAnyGeneration() {
    Map<String, Object> object = map("kind", "Job");
    OwnerLabels.stamp(object, OWNER);

    assertThat(OwnerLabels.owns(Owner.ofCluster("dns", "c-1", 9), object)).isTrue();
    assertThat(OwnerLabels.owns(Owner.ofCluster("dns", "c-2", 3), object)).isFalse();
    assertThat(OwnerLabels.owns(Owner.ofCluster("other", "c-1", 3), object)).isFalse();
    assertThat(OwnerLabels.owns(new Owner("dns", "c-1", Optional.of("n-1"), 3), object)).isFalse();
    assertThat(OwnerLabels.owns(OWNER, map("kind", "Job"))).isFalse();
  }
}
