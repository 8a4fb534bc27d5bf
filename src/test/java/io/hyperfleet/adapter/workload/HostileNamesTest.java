package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperfleet.adapter.template.AdapterTemplate;
import io.hyperfleet.adapter.template.AdapterTemplate.Workload;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.definition.AdapterReporting;
import io.hyperfleet.adapter.definition.DiscoveredObject;
import io.hyperfleet.adapter.definition.Reads;
import io.hyperfleet.adapter.expression.TemplateText;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.adapter.definition.WorkloadOptions;
import io.hyperfleet.adapter.event.Assessed;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.hostile.HostileTexts;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import io.hyperfleet.revision.Revision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names and labels that come from a cluster's data: each request is for the object of this name, or there is none. */
class HostileNamesTest {

  private static final long SEED = 13;
  private static final int MIXED = 400;
  private static final Owner OWNER = Owner.ofCluster("a", "c1", 1);

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(LocalKubernetes.Settings.instant());

  @Test
  void appliesTheObjectOfThatNameOrNone() {
    var route = new ApplyRoute(local.client());
    HostileTexts.all(SEED, MIXED).forEach(text -> {
      var manifest = new HashMap<String, Object>(Map.of("apiVersion", "v1", "kind", "ConfigMap",
          "metadata", new HashMap<String, Object>(Map.of("name", text)), "data", Map.of("a", "b")));
      assertIsAskedFor(text, "manifest settings: metadata.name: '",
          () -> route.apply(OWNER, definition(List.of()), List.of(new RenderedManifest("settings", manifest))));
    });
    route.close();
  }

  @Test
  void readsTheObjectOfThatNameOrNone() throws Exception {
    var discovery = new ResourceDiscovery(local.client());
    var byName = definition(List.of(new DiscoveredObject("found", "v1", "ConfigMap",
        Optional.of(TemplateText.compile("${cluster.n}", new CelEngine(), Set.of("cluster"))), Map.of())));
    HostileTexts.all(SEED, MIXED).forEach(text -> assertIsAskedFor(text, "discover found: byName: '",
        () -> discovery.read(byName, assessed(text), Map.of())));
  }

  @Test
  void readsTheObjectsOfThatLabelOrNone() throws Exception {
    var discovery = new ResourceDiscovery(local.client());
    var byLabels = definition(List.of(new DiscoveredObject("found", "v1", "ConfigMap", Optional.empty(),
        Map.of("of", TemplateText.compile("${cluster.n}", new CelEngine(), Set.of("cluster"))))));
    local.client().resource(new ConfigMapBuilder().withNewMetadata().withName("foreign").addToLabels("of", "foreign")
        .endMetadata().build()).create();
    HostileTexts.all(SEED, MIXED).forEach(text -> {
      local.kubernetes().clearRequests();
      var found = new AtomicReference<Map<String, Object>>();
      var refusal = catchThrowableOfType(UnusableManifestException.class,
          () -> found.set(discovery.read(byLabels, assessed(text), Map.of()).resources()));
      if (refusal == null) {
        assertThat(local.kubernetes().requests()).extracting(Call::verb).containsOnly("list");
        assertThat(found.get()).isEmpty();
      } else {
        assertThat(refusal).hasMessageStartingWith("discover found: byLabels.of: '")
            .hasMessageContaining("allowed: ");
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
      assertThat(refusal).hasMessageStartingWith(where).hasMessageContaining("allowed: up to 253 lower-case letters");
      assertThat(local.kubernetes().requests()).isEmpty();
    }
  }

  private static Assessed assessed(String text) {
    return new Assessed(false, true, List.of(), List.of(), false, "", Map.of("cluster", Map.of("n", text)));
  }

  private static AdapterDefinition definition(List<DiscoveredObject> discover) {
    return new AdapterDefinition("a", "Cluster",
        new AdapterTemplate(AdapterDefinition.RESOURCE_ADAPTER, Workload.RESOURCES), "", "a-sub", 1,
        LocalKubernetes.NAMESPACE,
        Optional.empty(), List.of(), List.of(), discover, List.of(), Map.of(),
        new AdapterReporting(List.of(), Map.of()),
        WorkloadOptions.of(Map.of()), Map.of(), Set.of(), Reads.NOTHING, Revision.of(Map.of()));
  }
}
