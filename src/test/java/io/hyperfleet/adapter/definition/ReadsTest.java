package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.template.AdapterTemplate;
import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.template.AdapterTemplate.Workload;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions read that changes without a new generation. */
class ReadsTest {

  private static final CelEngine ENGINE = new CelEngine();
  private static final Set<String> VARIABLES = Set.of("cluster", "nodepool", "adapters", "event", "adapter",
      "resources", "now");

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "cluster.spec.region == 'r'                              | false | false | false",
      "adapters.dns.available && adapters['my-a'].upToDate     | false | false | false",
      "resources.job.status.succeeded > 0                      | false | false | false",
      "adapter.parameters.size == 1                            | false | false | false",
      "cluster.status.phase == 'Ready'                         | true  | false | false",
      "cluster['status'].phase == 'Ready'                      | true  | false | false",
      "cluster.?status.?phase.orValue('') == 'Ready'           | true  | false | false",
      "cluster[?'status'].hasValue()                           | true  | false | false",
      "nodepool.adapter_statuses.exists(r, r.adapter == 'a')   | true  | false | false",
      "toJson(cluster).size() > 3                              | true  | false | false",
      "cluster.exists(key, key == 'x')                         | true  | false | false",
      "cluster[adapter.name] == 1                              | true  | false | false",
      "condition(cluster, 'Available') == 'True'               | true  | false | false",
      "adapters.exists(name, adapters[name].available)         | false | true  | false",
      "adapters[cluster.spec.which].available                  | false | true  | false",
      "event.generation > 1                                    | false | false | true",
      "now - timestamp(cluster.created_time) > duration('1h')  | false | false | true",
      "now() > cluster.created_time                            | false | false | true"})
  void isFoundInAnExpression(String expression, boolean status, boolean allAdapters, boolean passing) {
    var reads = Reads.of(List.of(ENGINE.compile(expression, VARIABLES)), ENGINE, Set.of());

    assertThat(reads).isEqualTo(new Reads(status, allAdapters, passing, List.of()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "resources.job.result.zone                                      | [job]",
      "resources['job']['result']                                     | [job]",
      "resources.?job.?result.orValue('')                             | [job]",
      "has(resources.job.result)                                      | [job]",
      "has(resources.job.result.zone) ? resources.job.result.zone : 0 | [job]",
      "[1].map(i, resources.job.result)                               | [job]",
      "dig(resources.job, 'result.zone')                              | [job]",
      "dig(resources, 'job.result')                                   | [job, other]",
      "resources.map(name, resources[name].?result)                   | [job, other]",
      "resources[adapter.name].result                                 | [job, other]",
      "resources.job.result == resources.other.result                 | [job, other]",
      "resources.job.status.succeeded == 1                            | []",
      "has(resources.job)                                             | []",
      "condition(resources.job, 'Complete').status == 'True'          | []",
      "toJson(resources.job)                                          | []",
      "resources.record.result                                        | []",
      "adapters.dns.data.result                                       | []",
      "resources.job.metadata.annotations['result']                   | []",
      "cluster.spec.result                                            | []"})
  void resultsOfJobsAreReadWhereTheyAreNamed(String expression, String jobs) {
    assertThat(Reads.of(List.of(ENGINE.compile(expression, VARIABLES)), ENGINE, Set.of("job", "other")).results())
        .hasToString(jobs);
  }

  @Test
  void theDigestChangesWithWhatIsReadAndWithNothingElse() {
    var definition = new AdapterDefinition("mine", "Cluster",
        new AdapterTemplate(AdapterDefinition.JOB_ADAPTER, Workload.JOB), "", "s", 1, "n", Optional.empty(),
        List.of(),
        List.of(), List.of(), List.of(), Map.of(), AdapterReporting.NONE, WorkloadOptions.DEFAULT, Map.of(),
        Set.of("dns"),
        Reads.NOTHING, Revision.of(Map.of()));
    var cluster = Map.of("id", "c", "generation", 1L, "status", Map.of("phase", "NotReady"));
    var adapters = Map.of("dns", Map.of("data", "a"), "other", Map.of("data", "a"));
    var digest = digest(Reads.NOTHING, definition, cluster, cluster, adapters);

    assertThat(digest(Reads.NOTHING, definition,
        Map.of("id", "c", "generation", 1L, "status", Map.of("phase", "Ready")), cluster,
        Map.of("dns", Map.of("data", "a"), "other", Map.of("data", "b")))).isEqualTo(digest);
    assertThat(digest(Reads.NOTHING, definition, cluster, cluster, Map.of("dns", Map.of("data", "b"))))
        .isNotEqualTo(digest);
    assertThat(digest(Reads.NOTHING, definition, Map.of("id", "c", "generation", 2L), cluster, adapters))
        .isNotEqualTo(digest);
    assertThat(digest(new Reads(true, false, false, List.of()), definition,
        Map.of("id", "c", "generation", 1L, "status", "Ready"),
        cluster,
        adapters))
        .isNotEqualTo(digest(new Reads(true, false, false, List.of()), definition, cluster, cluster, adapters));
    assertThat(digest(new Reads(false, true, false, List.of()), definition, cluster, cluster,
        Map.of("dns", Map.of("data", "a"))))
        .isNotEqualTo(digest(new Reads(false, true, false, List.of()), definition, cluster, cluster, adapters));
  }

  private static String digest(Reads reads, AdapterDefinition definition, Map<String, ?> resource,
      Map<String, ?> cluster,
      Map<String, ?> adapters) {
    return reads.digest(definition, resource, cluster, adapters);
  }
}
