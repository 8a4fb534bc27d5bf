package io.hyperfleet.adapter.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.adapter.workload.ResourceDiscovery;
import io.hyperfleet.adapter.workload.ResourceWorkload;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.hostile.HostileTexts;
import io.hyperfleet.local.kubernetes.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names and labels that come from a cluster's data: each request is for the object of this name, or there is none. */
class HostileNamesTest {

  private static final long SEED = 13;
  private static final int MIXED = 400;
  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
  private static final Owner OWNER = Owner.ofCluster("a", "c1", 1);

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(LocalKubernetes.Settings.instant());

  @Test
  void appliesTheObjectOfThatNameOrNone() {
    var workload = new ResourceWorkload(local.client());
    HostileTexts.all(SEED, MIXED).forEach(text -> {
      var manifest = new HashMap<String, Object>(Map.of("apiVersion", "v1", "kind", "ConfigMap",
          "metadata", new HashMap<String, Object>(Map.of("name", text)), "data", Map.of("a", "b")));
      var exchange = exchange();
      exchange.setVariable("manifests", List.of(new RenderedManifest("settings", manifest)));
      assertIsAskedFor(text, "manifest settings: metadata.name: '",
          () -> workload.apply(exchange, OWNER, definition(List.of())));
    });
  }

  @Test
  void readsTheObjectOfThatNameOrNone() throws Exception {
    var discovery = new ResourceDiscovery(local.client());
    var byName = definition(List.of(new DiscoveredObject("found", "v1", "ConfigMap",
        Optional.of(TemplateText.compile("${cluster.n}", new CelEngine(), Set.of("cluster"))), Map.of())));
    HostileTexts.all(SEED, MIXED).forEach(text -> assertIsAskedFor(text, "discover found: byName: '",
        () -> discovery.read(exchange(text), byName, Map.of())));
  }

  @Test
  void readsTheObjectsOfThatLabelOrNone() throws Exception {
    var discovery = new ResourceDiscovery(local.client());
    var byLabels = definition(List.of(new DiscoveredObject("found", "v1", "ConfigMap", Optional.empty(),
        Map.of("of", TemplateText.compile("${cluster.n}", new CelEngine(), Set.of("cluster"))))));
    local.client().resource(new ConfigMapBuilder().withNewMetadata().withName("foreign").addToLabels("of", "foreign")
        .endMetadata().build()).create();
    HostileTexts.all(SEED, MIXED).forEach(text -> {
      var exchange = exchange(text);
      local.kubernetes().clearRequests();
      var refusal = catchThrowableOfType(UnusableManifestException.class, () -> discovery.read(exchange, byLabels, Map.of()));
      if (refusal == null) {
        assertThat(local.kubernetes().requests()).extracting(Call::verb).containsOnly("list");
        assertThat(exchange.getVariable("resources", Map.class)).isEmpty();
      } else {
        assertThat(refusal).hasMessageStartingWith("discover found: byLabels.of: '").hasMessageContaining("allowed are ");
        assertThat(local.kubernetes().requests()).isEmpty();
      }
    });
  }

  private void assertIsAskedFor(String text, String where, Runnable work) {
    local.kubernetes().clearRequests();
    var refusal = catchThrowableOfType(UnusableManifestException.class, work::run);
    if (refusal == null) {
      assertThat(local.kubernetes().requests()).isNotEmpty().allSatisfy(call -> {
        assertThat(call.verb()).isIn("get", "patch");
        assertThat(call.resource() + "/" + call.subresource() + "/" + call.name()).isEqualTo("configmaps//" + text);
      });
    } else {
      assertThat(refusal.getCode()).isEqualTo(422);
      assertThat(refusal).hasMessageStartingWith(where).hasMessageContaining("allowed are lower-case letters");
      assertThat(local.kubernetes().requests()).isEmpty();
    }
  }

  private static Exchange exchange() {
    return new DefaultExchange(CAMEL);
  }

  private static Exchange exchange(String text) {
    var exchange = exchange();
    exchange.setVariable("cluster", Map.of("n", text));
    return exchange;
  }

  private static AdapterDefinition definition(List<DiscoveredObject> discover) {
    return new AdapterDefinition("a", "Cluster", AdapterDefinition.RESOURCE_ADAPTER, "", "a-sub", 1, LocalKubernetes.NAMESPACE,
        Optional.empty(), List.of(), List.of(), discover, List.of(), Map.of(), new AdapterReporting(List.of(), Map.of()),
        WorkloadOptions.of(Map.of()), Map.of(), Set.of(), Reads.NOTHING, "digest");
  }
}
