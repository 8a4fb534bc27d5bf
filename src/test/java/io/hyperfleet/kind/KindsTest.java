package io.hyperfleet.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {

  @Test
  void clustersAreThereWithoutConfiguration() {
    assertThat(new Kinds(new KindsProperties(null)).all()).containsExactly(new Kind("clusters", "Cluster", null,
        List.of("validation", "dns", "placement", "hyperfleet"), 3, 53, "cluster.changed.v1",
        "hyperfleet.clusters.changed.v1"));
  }

  @Test
  void whatConfigurationLeavesOutKeepsItsDefault() {
    var clusters = kinds(Map.of(
        "clusters", new KindProperties(null, null, List.of("only"), null, 20, "c.v2", null))).plural("clusters");

    assertThat(clusters.requiredAdapters()).containsExactly("only");
    assertThat(clusters.nameMin()).isEqualTo(3);
    assertThat(clusters.nameMax()).isEqualTo(20);
    assertThat(clusters.eventType()).isEqualTo("c.v2");
  }

  @Test
  void otherKindsAreConfigured() {
    var pools = kinds(Map.of("nodepools", new KindProperties("NodePool", "Cluster", null, 3, 15, null, null)))
        .plural("nodepools");

    assertThat(pools.eventType()).isEqualTo("nodepool.changed.v1");
    assertThat(pools.topic()).isEqualTo("hyperfleet.nodepools.changed.v1");
    assertThat(pools.requiredAdapters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cluster", "CLUSTER", "clusters", "Clusters"})
  void findsAKindByItsNameOrPluralInAnyCase(String word) {
    assertThat(kinds(Map.of()).find(word)).map(Kind::name).contains("Cluster");
    assertThat(kinds(Map.of()).topicOf(word)).isEqualTo("hyperfleet.clusters.changed.v1");
  }

  @Test
  void refusesARegistryThatMakesNoSense() {
    assertThatThrownBy(() -> kinds(Map.of("pools", properties("Pool", "Nobody"))))
        .hasMessage("hyperfleet.kinds.pools.parent: must name a root kind");
    assertThatThrownBy(() -> kinds(Map.of("pools", properties("cluster", null))))
        .hasMessageStartingWith("hyperfleet.kinds.pools.name");
    assertThatThrownBy(() -> kinds(Map.of("others", properties("Cluster", null))))
        .hasMessage("hyperfleet.kinds.others.name: is taken");
    assertThatThrownBy(() -> kinds(Map.of("events", properties("Event", null))))
        .hasMessageStartingWith("hyperfleet.kinds.events");
  }

  private static KindProperties properties(String name, String parent) {
    return new KindProperties(name, parent, null, null, null, null, null);
  }

  private static Kinds kinds(Map<String, KindProperties> kinds) {
    return new Kinds(new KindsProperties(kinds));
  }
}
