package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.template.AdapterTemplate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.template.AdapterTemplate.Workload;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.revision.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterVariablesTest {

  private static final CelEngine ENGINE = new CelEngine();
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String CLUSTER = """
      {"id": "c-1", "name": "prod", "generation": 2, "spec": {"region": "eu"}, "adapter_statuses": [
        {"adapter": "validation", "observed_generation": 2,
         "conditions": [{"type": "Available", "status": "Unknown", "reason": "JobInProgress"},
                        {"type": "Health", "status": "True", "message": "fine",
                         "last_transition_time": "2026-01-02T03:00:00Z"}, "odd", {"type": 5}],
         "data": {"now": 2},
         "last_definitive": {"status": "True", "observed_generation": 1, "data": {"then": 1}}},
        {"adapter": "dns", "observed_generation": 2, "conditions": [],
         "data": {"dns": "x"}, "last_definitive": {"status": "True", "observed_generation": 2}},
        {"adapter": "failed-one", "observed_generation": 2, "last_definitive":
          {"status": "False", "observed_generation": 2}},
        {"adapter": "running", "observed_generation": 2, "conditions": null, "last_definitive": null},
        {"adapter": 7}, "odd"]}
      """;

  private static AdapterDefinition definition(String kind, Set<String> mentioned) {
    return new AdapterDefinition("mine", kind, new AdapterTemplate(AdapterDefinition.JOB_ADAPTER, Workload.JOB), "",
        "s", 1, "n", Optional.empty(), List.of(), List.of(),
        List.of(), List.of(), Map.of(), AdapterReporting.NONE, WorkloadOptions.DEFAULT, Map.of("domain", "example.com"),
        mentioned, Reads.NOTHING, Revision.of(Map.of()));
  }

  private static Map<String, Object> variables(String expression) throws Exception {
    Map<String, ?> cluster = new ObjectMapper().readValue(CLUSTER, Map.class);
    Set<String> mentioned = new TreeSet<>(ENGINE.compile(expression).membersOf("adapters"));
    return AdapterVariables.of(definition("Cluster", mentioned), cluster, Map.of("id", "c-1", "generation", 1), NOW);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      adapters.validation.available                                     | true
      adapters.validation.upToDate                                      | false
      adapters.validation.data.then                                     | 1
      adapters.validation.observed_generation                           | 2
      adapters.validation.conditions.Available.reason                   | JobInProgress
      adapters.validation.conditions.Health.message                     | fine
      adapters.validation.conditions.Health.last_transition_time        | 2026-01-02T03:00:00Z
      conditionStatus(adapters.validation.conditions, 'Health')         | True
      conditionStatus(adapters.unheard.conditions, 'Health')            | Unknown
      stableFor(adapters.validation.conditions, 'Health', 60)           | true
      stableFor(adapters.validation.conditions, 'Health', 99999999999)  | false
      stableFor(adapters.validation.conditions, 'Available', 60)        | false
      adapters.dns.available && adapters.dns.upToDate                   | true
      adapters.dns.data.dns                                             | x
      adapters['failed-one'].available                                  | false
      adapters.running.available != adapters.running.upToDate           | false
      adapters.unheard.available                                        | false
      adapters['un-heard'].upToDate                                     | false
      adapters.unheard.data.?x.orValue('none')                          | none
      adapters.unheard.conditions.?Health.hasValue()                    | false
      adapters.unheard.observed_generation                              | 0
      cluster.name + cluster.spec.region                                | prodeu
      event.id + string(event.generation)                               | c-11
      adapter.name + '.' + adapter.parameters.domain                    | mine.example.com
      resources.size()                                                  | 0
      resources.?job.?status.orValue('none')                            | none
      now                                                               | 2026-01-02T03:04:05Z
      now > timestamp('2026-01-01T00:00:00Z')                           | true
      """)
  void showTheEvent(String expression, String expected) throws Exception {
    assertThat(ENGINE.compile(expression, AdapterVariables.names("Cluster")).evaluate(variables(expression)))
        .asString().isEqualTo(expected);
  }

  @Test
  void ofANodePoolShowItAndItsCluster() {
    Map<String, Object> variables = AdapterVariables.of(definition("NodePool", Set.of()),
        Map.of("id", "n-1", "generation", 4), Map.of("id", "c-1", "generation", 9), Map.of(), NOW);

    assertThat(ENGINE.compile("nodepool.id + cluster.id", AdapterVariables.names("NodePool")).evaluate(variables))
        .isEqualTo("n-1c-1");
  }

  @Test
  void doNotFailOnAClusterWithoutReports() {
    assertThat(AdapterVariables.of(definition("Cluster", Set.of("dns")), Map.of(), Map.of(), NOW)
        .get("adapters")).asString().startsWith("{dns={available=false");
  }
}
