package io.hyperfleet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionPathsTest {

  private static final CelEngine ENGINE = new CelEngine();

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      adapters.dns.available                                       | adapters.dns.available
      adapters['my-dns'].available && !adapters.dns.upToDate       | adapters['my-dns'].available, adapters.dns.upToDate
      cluster.spec.?region.orValue('x') in adapter.parameters.all  | cluster.spec.?region, adapter.parameters.all
      has(cluster.spec.network)                                    | cluster.spec.network
      cluster.spec.zones[0] == cluster[?'a'].orValue(cluster.b[1]) | cluster.spec.zones[0], cluster[?'a'], cluster.b[1]
      cluster.zones.exists(z, z.name == cluster.main)              | cluster.zones, cluster.main
      conditionStatus(resources.r.status.conditions, 'Ready')      | resources.r.status.conditions
      cluster.a[cluster.b]                                         | cluster.a, cluster.b
      {'k': [cluster.a, 1]}.k == 1 ? now : timestamp('x')          | cluster.a, now
      """)
  void readsTheLongestChains(String expression, String paths) {
    assertThat(ENGINE.paths(expression)).containsExactly(paths.split(", "));
  }
}
