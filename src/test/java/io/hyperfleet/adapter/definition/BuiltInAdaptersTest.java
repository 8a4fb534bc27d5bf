package io.hyperfleet.adapter.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.policy.PolicyFixture;
import io.hyperfleet.revision.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInAdaptersTest {

  private static final CelEngine ENGINE = new CelEngine();
  private static final ManifestRules RULES = PolicyFixture.rules(Map.of());
  private static final AdapterCatalog CATALOG = new AdapterLoader(ENGINE, RULES, name -> true, AdapterLoader.BUILT_IN,
      "").load();

  private static Map<String, Object> cluster(long generation, String... available) {
    List<Object> reports = new ArrayList<>();
    for (String adapter : available) {
      reports.add(Map.of("adapter", adapter, "observed_generation", 1,
          "data", Map.of("dns", "prod.clusters.example.com"),
          "last_definitive", Map.of("status", "True", "observed_generation", 1)));
    }
    return Map.of("id", "cls-123", "name", "prod", "generation", generation, "spec", Map.of("region", "eu-west1"),
        "adapter_statuses", reports);
  }

  private static Map<String, Object> variables(String adapter, Map<String, Object> cluster) {
    return AdapterVariables.of(CATALOG.definitions().get(adapter), cluster, Map.of("id", "cls-123"), Instant.now());
  }

  private static Map<String, Object> render(String adapter, long generation) {
    List<RenderedManifest> manifests = CATALOG.definitions().get(adapter)
        .renderManifests(variables(adapter, cluster(generation, "validation", "dns")));
    assertThat(manifests).hasSize(1);
    OwnerLabels.stamp(manifests.get(0).object(), Owner.ofCluster(adapter, "cls-123", generation));
    return manifests.get(0).object();
  }

  @Test
  void loadWithoutAProblem() {
    assertThat(CATALOG.problems()).isEmpty();
    assertThat(CATALOG.definitions()).containsOnlyKeys("dns", "hyperfleet", "machines", "placement", "validation");
    assertThat(CATALOG.definitions().values()).allSatisfy(definition -> {
      assertThat(definition.subscription()).isEqualTo(definition.name() + "-adapter-sub");
      assertThat(definition.namespace()).isEqualTo("hyperfleet-adapters");
      assertThat(definition.description()).isNotBlank();
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      validation | -              | -
      dns        | -              | Waiting for dependencies to be met: validation is available
      dns        | validation     | -
      placement  | -              | Waiting for dependencies to be met: validation is available, dns is available
      placement  | validation     | Waiting for dependencies to be met: dns is available
      placement  | validation dns | -
      hyperfleet | dns            | Waiting for dependencies to be met: validation is available
      hyperfleet | validation dns | -
      """)
  void waitForEachOther(String adapter, String available, String message) {
    String[] reported = available == null ? new String[0] : available.split(" ");
    UnmetConditions unmet = CATALOG.definitions().get(adapter)
        .unmetPreconditions(variables(adapter, cluster(2, reported)));

    assertThat(unmet.errors()).isEmpty();
    assertThat(unmet.isEmpty()).isEqualTo(message == null);
    if (message != null) {
      assertThat(unmet.waitingMessage()).isEqualTo(message);
    }
  }

  @Test
  void dnsIsAvailableWhenItsRecordIsReadyAtItsGeneration() {
    AdapterDefinition dns = CATALOG.definitions().get("dns");
    Map<String, Object> variables = variables("dns", cluster(1, "validation"));
    Map<String, Object> fresh = Map.of("metadata", Map.of("generation", 2));
    Map<String, Object> old = Map.of("metadata", Map.of("generation", 2), "status", Map.of("observedGeneration", 1,
        "fqdn", "prod.clusters.example.com", "conditions", List.of(Map.of("type", "Ready", "status", "True"))));
    Map<String, Object> ready = Map.of("metadata", Map.of("generation", 2), "status", Map.of("observedGeneration", 2,
        "fqdn", "prod.clusters.example.com", "conditions", List.of(Map.of("type", "Ready", "status", "True"))));

    variables.put("resources", Map.of("record", fresh));
    var unmet = dns.unmetPostconditions(variables);
    assertThat(unmet.names()).containsExactly("record is ready", "record is of this generation");
    assertThat(unmet.errors()).isEmpty();
    assertThat(dns.data(variables)).isEqualTo(new ReportedData(Map.of(), List.of()));
    variables.put("resources", Map.of("record", old));
    assertThat(dns.unmetPostconditions(variables).names()).containsExactly("record is of this generation");
    variables.put("resources", Map.of("record", ready));
    assertThat(dns.unmetPostconditions(variables).isEmpty()).isTrue();
    assertThat(dns.data(variables).values()).isEqualTo(Map.of("dns", "prod.clusters.example.com"));
  }

  @Test
  void dnsAppliesARecordNamedAfterTheCluster() {
    Map<String, Object> record = render("dns", 1);

    assertThat(record).containsEntry("apiVersion", "dns.hyperfleet.io/v1").containsEntry("kind", "DnsRecord")
        .containsEntry("spec", Map.of("hostname", "prod.clusters.example.com"));
    assertThat((Map<?, ?>) record.get("metadata")).extracting("name", "namespace")
        .containsExactly("cls-123", "hyperfleet-adapters");
  }

  @Test
  void hyperfleetKeepsOneJobWhoseSpecNoGenerationChanges() {
    Map<String, Object> one = render("hyperfleet", 1);
    Map<String, Object> two = render("hyperfleet", 2);

    assertThat(one.get("spec")).isEqualTo(two.get("spec"));
    assertThat(((Map<?, ?>) one.get("metadata")).get("name")).isEqualTo("hyperfleet-cls-123")
        .isEqualTo(((Map<?, ?>) two.get("metadata")).get("name"));
    assertThat(((Map<?, ?>) ((Map<?, ?>) two.get("metadata")).get("annotations")).get(OwnerLabels.GENERATION))
        .isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource({"hyperfleet", "validation", "placement"})
  void jobsAreRestricted(String adapter) {
    Map<String, Object> job = render(adapter, 1);

    assertThat(job).containsEntry("apiVersion", "batch/v1").containsEntry("kind", "Job");
    assertThat(job.get("spec").toString()).contains("runAsNonRoot=true", "allowPrivilegeEscalation=false",
        "readOnlyRootFilesystem=true", "drop=[ALL]", "automountServiceAccountToken=false");
  }

  @Test
  void placementIsTheModelOfADependentAdapter() {
    assertThat(render("placement", 1).toString()).contains("{name=REGION, value=eu-west1}",
        "{name=DNS, value=prod.clusters.example.com}");
  }

  @Test
  void conditionsThatCannotBeEvaluatedAreUnmetWithTheirReason() {
    var conditions = new LinkedHashMap<String, String>();
    conditions.put("met", "true");
    conditions.put("broken", "cluster.absent");
    conditions.put("unmet", "false");
    conditions.put("odd", "'text'");
    conditions.put("not there yet", "resources.record.status.ready");
    List<AdapterCondition> list = new ArrayList<>();
    conditions.forEach((name, source) -> list.add(new AdapterCondition(name, ENGINE.compile(source))));

    UnmetConditions unmet = UnmetConditions.of("precondition", list,
        Map.of("cluster", Map.of(), "resources", Map.of()));

    assertThat(unmet.names()).containsExactly("broken", "unmet", "odd", "not there yet");
    assertThat(unmet.errors()).isEqualTo(Map.of(
        "broken", "precondition 'broken': CEL 'cluster.absent': key 'absent' is not present in cluster; where it may "
            + "be absent, write has(cluster.absent) or cluster.?absent.orValue(...)",
        "odd", "precondition 'odd': CEL ''text'': the result is neither true nor false"));
    assertThat(unmet.awaited()).isEqualTo(Map.of("not there yet", "key 'record' is not present in resources"));
    assertThat(unmet.waitingMessage()).isEqualTo("Waiting for dependencies to be met: broken, unmet, odd, "
        + "not there yet (key 'record' is not present in resources)");
  }

  @Test
  void applicabilityThatCannotBeEvaluatedIsAnError() {
    AdapterDefinition dns = CATALOG.definitions().get("dns");
    var picky = new AdapterDefinition(dns.name(), dns.kind(), dns.template(), "", "s", 1, "n",
        Optional.of(ENGINE.compile("cluster.spec.provider == 'gcp'")), List.of(), List.of(), List.of(), List.of(),
        Map.of(),
        dns.reporting(), dns.workload(), Map.of(), dns.mentionedAdapters(), dns.reads(), Revision.of(Map.of()));

    assertThat(picky.applies(Map.of("cluster", Map.of("spec", Map.of("provider", "gcp"))))).isTrue();
    assertThat(picky.applies(Map.of("cluster", Map.of("spec", Map.of("provider", "aws"))))).isFalse();
    assertThatThrownBy(() -> picky.applies(Map.of("cluster", Map.of("spec", Map.of()))))
        .isInstanceOf(CelEvaluationException.class);
  }
}
