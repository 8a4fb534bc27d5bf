package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.event.Owner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadNameTest {

  private static final String DNS_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final String UUID = "0197a5b4-0f1e-7c3d-9e5a-2b6c8d4e1f00";

  @ParameterizedTest
  @CsvSource({"validation,cls-123,1,validation-cls-123-gen1", "dns," + UUID + ",12,dns-" + UUID + "-gen12"})
  void isTheSeedsNameWhereItFits(String adapter, String cluster, long generation, String name) {
    assertThat(WorkloadName.of(Owner.ofCluster(adapter, cluster, generation))).isEqualTo(name);
  }

  @Test
  void longNamesAreShortenedAndStayDifferentAndTheSame() {
    String adapter = "a".repeat(40);
    String one = WorkloadName.of(Owner.ofCluster(adapter, UUID, 1));

    assertThat(one).matches(DNS_LABEL).endsWith("-gen1").startsWith("aaaa")
        .isEqualTo(WorkloadName.of(Owner.ofCluster(adapter, UUID, 1)))
        .isNotEqualTo(WorkloadName.of(Owner.ofCluster(adapter, UUID.replace("f00", "f01"), 1)));
    assertThat(WorkloadName.of(Owner.ofCluster(adapter, UUID, 2))).endsWith("-gen2");
    assertThat(WorkloadName.of(Owner.ofCluster(adapter, UUID, Long.MAX_VALUE))).matches(DNS_LABEL);
  }

  @ParameterizedTest
  @CsvSource({"A", "a_b", "-a-", "ä", "'a b'", "''", "'../x'", "'a\nb'"})
  void otherCharactersAreCleanedWithoutClashes(String id) {
    assertThat(WorkloadName.of(Owner.ofCluster("dns", id, 1))).matches(DNS_LABEL)
        .isNotEqualTo(WorkloadName.of(Owner.ofCluster("dns", "a", 1)))
        .isNotEqualTo(WorkloadName.of(Owner.ofCluster("dns", "a-b", 1)));
  }

  @ParameterizedTest
  @CsvSource({"abc,abc", "A_b.c,A_b.c", "'',''"})
  void labelValuesStayWhereTheyAreAllowed(String text, String value) {
    assertThat(WorkloadName.labelValue(text)).isEqualTo(value);
  }

  @Test
  void otherLabelValuesAreShortened() {
    assertThat(WorkloadName.labelValue("x".repeat(64))).hasSize(63);
    assertThat(WorkloadName.labelValue("a b")).startsWith("a-b-");
  }
}
