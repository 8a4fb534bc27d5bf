package io.hyperfleet.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;

class KindsTest {

  @Test
  void clustersAndNodePoolsAreThereWithoutConfiguration() {
    assertThat(kinds("").all()).containsExactly(
        new Kind("clusters", "Cluster", null, DeletePolicy.RESTRICT,
            List.of("validation", "dns", "placement", "hyperfleet"), 3, 53, List.of(), "ClusterSpec", false,
            List.of(), "cluster.changed.v1",
            "hyperfleet.clusters.changed.v1"),
        new Kind("nodepools", "NodePool", "Cluster", DeletePolicy.CASCADE, List.of("machines"), 3, 15, List.of(),
            "NodePoolSpec", false, List.of(), "nodepool.changed.v1", "hyperfleet.nodepools.changed.v1"));
  }

  @Test
  void whatConfigurationLeavesOutKeepsItsDefault() {
    var clusters = kinds("clusters: {required-adapters: [only], name-max: 20, event-type: c.v2}").plural("clusters");

    assertThat(clusters.requiredAdapters()).containsExactly("only");
    assertThat(clusters.nameMin()).isEqualTo(3);
    assertThat(clusters.nameMax()).isEqualTo(20);
    assertThat(clusters.eventType()).isEqualTo("c.v2");
  }

  @Test
  void otherKindsAreConfigured() {
    var kinds = kinds("""
        channels: {name: Channel}
        versions: {name: Version, parent: Channel, references: [{type: cluster, target-kind: Cluster, max: 3}]}
        """);

    assertThat(kinds.plural("channels")).isEqualTo(new Kind("channels", "Channel", null, DeletePolicy.RESTRICT,
        List.of(), 1, 100, List.of(), "ChannelSpec", false, List.of(), "channel.changed.v1",
        "hyperfleet.channels.changed.v1"));
    var versions = kinds.plural("versions");
    assertThat(kinds.parentOf(versions).plural()).isEqualTo("channels");
    assertThat(versions.href("1", "/of/its/owner")).isEqualTo("/of/its/owner/versions/1");
    assertThat(versions.reference("cluster")).contains(new ReferenceRule("cluster", "Cluster", 0, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cluster", "CLUSTER", "clusters", "Clusters"})
  void findsAKindByItsNameOrPluralInAnyCase(String word) {
    assertThat(kinds("").find(word)).map(Kind::name).contains("Cluster");
    assertThat(kinds("").find(word)).map(Kind::topic).contains("hyperfleet.clusters.changed.v1");
    assertThat(kinds("").named(word).isPresent()).isEqualTo(word.equals("Cluster"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      pools: {name: Pool, parent: Nobody} | pools.parent: must name a root kind
      pools: {name: Pool, parent: NodePool} | pools.parent: must name a root kind
      pools: {name: Pool, parent: Pool} | pools.parent: must name a root kind
      pools: {name: cluster} | pools.name: must be a word that starts with a capital letter, such as Cluster
      others: {name: Cluster} | others.name: is taken
      cluster: {name: Other} | cluster.name: is taken
      events: {name: Event} | events: the plural must be one lower-case word other than resources, events, openapi, hyperfleet, adapters, announcements, fleet, operations
      pools: {name: Pool, name-min: 5, name-max: 4} | pools.name-min: must be at least 1 and at most name-max, which is at most 100
      pools: {name: Pool, required-adapters: [a, a]} | pools.required-adapters: must not contain duplicate or empty names
      pools: {name: Pool, required-adapters: [a-1, a1]} | pools.required-adapters: 'a-1' and 'a1' would both produce the condition A1Successful; remove one of them
      clusters: {required-adapters: [dns, a, b-c, b--c]} | clusters.required-adapters: 'b-c' and 'b--c' would both produce the condition BCSuccessful; remove one of them
      pools: {name: Pool, required-adapters: [a, B]} | pools.required-adapters: 'B' is not a valid adapter name; use up to 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen
      pools: {name: Pool, required-adapters: [a-]} | pools.required-adapters: 'a-' is not a valid adapter name; use up to 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen
      pools: {name: Pool, references: [{type: a, target-kind: Nobody}]} | pools.references: refers to unknown kind 'Nobody'
      pools: {name: Pool, references: [{type: A, target-kind: Cluster}]} | pools.references[0].type: must be a lower-case word of letters, digits and '_'
      pools: {name: Pool, references: [{type: a, target-kind: Cluster, min: 2}]} | pools.references[0].min: must be at least 0 and at most max
      pools: {name: Pool, references: [{type: a, target-kind: Cluster}, {type: a, target-kind: Cluster}]} | pools.references: must not contain duplicate types
      pools: {name: Pool, references: [{type: a, target-kind: Pool, min: 1}]} | pools.references: must not require a resource of the same kind, directly or through other kinds
      pools: {name: Pool, conditions: [{type: quota, output: {status: "true"}}]} | pools.conditions[0].type: must be up to 100 letters and digits, starting with a capital letter
      pools: {name: Pool, conditions: [{type: Ready, output: {status: "true"}}]} | pools.conditions[0].type: must not be Reconciled, LastKnownReconciled, Validated, Ready, Paused or end with Successful
      pools: {name: Pool, conditions: [{type: DnsSuccessful, output: {status: "true"}}]} | pools.conditions[0].type: must not be Reconciled, LastKnownReconciled, Validated, Ready, Paused or end with Successful
      pools: {name: Pool, conditions: [{type: Quota, when: "true"}]} | pools.conditions[0].output.status: must be there
      """)
  void refusesARegistryThatMakesNoSense(String yaml, String message) {
    assertThatThrownBy(() -> kinds(yaml)).hasMessage("hyperfleet.kinds." + message);
  }

  /** Every set of required adapters is refused at the start, or makes as many conditions as it has names. */
  @Test
  void requiredAdaptersMakeAConditionEach() {
    var random = new Random(5);
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      var names = new TreeSet<String>();
      for (int i = 0; i < 4; i++) {
        names.add("a" + "-".repeat(random.nextInt(3)) + random.nextInt(3) + (random.nextBoolean() ? "-" : "") + "b");
      }
      try {
        var required = kinds("clusters: {required-adapters: " + names + "}").plural("clusters").requiredAdapters();
        assertThat(required.stream().map(AdapterConditions::typeOf)).doesNotHaveDuplicates().hasSize(names.size());
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("would both produce the condition");
        assertThat(names.stream().map(AdapterConditions::typeOf).distinct().count()).isLessThan(names.size());
        refused++;
      }
    }
    assertThat(refused).isBetween(200, 1_900);
  }

  @Test
  void refusesKindsThatNeedEachOther() {
    assertThatThrownBy(() -> kinds("""
        as: {name: A, references: [{type: b, target-kind: B, min: 1}]}
        bs: {name: B, references: [{type: a, target-kind: A, min: 1}]}
        """)).hasMessageStartingWith("hyperfleet.kinds.as.references: must not require");
  }

  /** The registry that a piece of application.yaml makes. */
  private static Kinds kinds(String yaml) {
    var factory = new YamlPropertiesFactoryBean();
    factory.setResources(new ByteArrayResource(yaml.isEmpty()
        ? new byte[0]
        : ("hyperfleet:\n  kinds:\n    " + yaml.strip().replace("\n", "\n    ")).getBytes(StandardCharsets.UTF_8)));
    return new Kinds(new Binder(new MapConfigurationPropertySource(factory.getObject()))
        .bindOrCreate("hyperfleet", KindsProperties.class));
  }
}
