package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.template.AdapterTemplate;
import io.hyperfleet.adapter.template.AdapterTemplate.Workload;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.definition.AdapterReporting;
import io.hyperfleet.adapter.definition.Reads;
import io.hyperfleet.adapter.definition.WorkloadOptions;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import io.hyperfleet.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yaml.snakeyaml.Yaml;

/** However a manifest spells a quantity, an event about an object that is as it says writes nothing. */
@Tag("long")
class QuantitiesTest {

  private static final Owner OWNER = Owner.ofCluster("a", "c1", 1);
  private static final int CASES = 40;
  private static final List<String> SUFFIXES = List.of("", "m", "k", "M", "G", "Ki", "Mi", "Gi", "Ti", "e3", "E2",
      "e-2");
  private static final List<String> NUMBERS = List.of("0", "1", "2", "10", "1000", "1024", "2048", "1500", "0.1", "0.5",
      ".5", "1.", "1.5", "+1",
      "0.25", "1.50", "007");
  private static final List<String> MANIFESTS = List.of("""
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: g-quantities}
      spec:
        selector: {matchLabels: {app: d}}
        template:
          metadata: {labels: {app: d}}
          spec:
            volumes: [{name: tmp, emptyDir: {sizeLimit: '%1$s'}}]
            containers:
              - name: serve
                image: serve:1
                env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: '%2$s'}}}]
                resources: {limits: {cpu: '%1$s', memory: '%2$s'}, requests: {cpu: %3$s, ephemeral-storage: '%1$s'}}
      """, """
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: g-quantities}
      spec: {hard: {requests.cpu: '%1$s', limits.memory: '%2$s', pods: %3$s}}
      """, """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: g-quantities}
      spec: {limits: [{type: Container, default: {cpu: '%1$s'}, max: {memory: '%2$s'}, min: {cpu: %3$s}}]}
      """);

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(LocalKubernetes.Settings.instant());
  private ApplyRoute route;

  @BeforeEach
  void startRoute() {
    route = new ApplyRoute(local.client());
  }

  @AfterEach
  void stopRoute() {
    route.close();
  }

  @Test
  void repeatedEventsWriteNothing() {
    var random = new Random(15);
    for (int i = 0; i < CASES; i++) {
      for (int kind = 0; kind < MANIFESTS.size(); kind++) {
        var manifest = manifest(kind, random);
        apply(route, local.client(), manifest);
        local.kubernetes().clearRequests();
        apply(route, local.client(), manifest);
        apply(route, local.client(), manifest);
        assertThat(local.kubernetes().requests()).as(manifest).extracting(Call::verb).containsOnly("get");
      }
    }
  }

  @Test
  void aQuantityThatSomebodyHasChangedIsRestored() {
    var manifest = MANIFESTS.get(0).formatted("0.5", "0.5Gi", 1);
    var first = apply(route, local.client(), manifest);
    for (String other : List.of("501m", "1", "500")) {
      apply(route, local.client(), MANIFESTS.get(0).formatted(other, "0.5Gi", 1));
      assertThat(apply(route, local.client(), manifest).get("spec")).isEqualTo(first.get("spec"));
    }
  }

  /** A manifest of the kind at {@code index}, with quantities of odd spellings. */
  static String manifest(int index, Random random) {
    return MANIFESTS.get(index).formatted(quantity(random), quantity(random), random.nextInt(3_000));
  }

  private static String quantity(Random random) {
    return NUMBERS.get(random.nextInt(NUMBERS.size())) + SUFFIXES.get(random.nextInt(SUFFIXES.size()));
  }

  /** Handles an event as a resource-adapter does, and answers the object. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> apply(ApplyRoute route, KubernetesClient client, String manifest) {
    Map<String, Object> object = new Yaml().load(manifest);
    route.apply(OWNER, definition(), List.of(new RenderedManifest("it", object)));
    var wanted = client.getKubernetesSerialization().convertValue(new Yaml().<Object>load(manifest),
        GenericKubernetesResource.class);
    wanted.getMetadata().setNamespace(LocalKubernetes.NAMESPACE);
    return client.getKubernetesSerialization().convertValue(client.resource(wanted).get(), Map.class);
  }

  private static AdapterDefinition definition() {
    return new AdapterDefinition("a", "Cluster",
        new AdapterTemplate(AdapterDefinition.RESOURCE_ADAPTER, Workload.RESOURCES), "", "a-sub", 1,
        LocalKubernetes.NAMESPACE,
        Optional.empty(), List.of(), List.of(), List.of(), List.of(), Map.of(),
        new AdapterReporting(List.of(), Map.of()),
        WorkloadOptions.of(Map.of()), Map.of(), Set.of(), Reads.NOTHING, Revision.of(Map.of()));
  }
}
