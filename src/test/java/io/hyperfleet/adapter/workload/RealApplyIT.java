package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.RealKubernetes;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * What a resource-adapter applies to a real Kubernetes it leaves alone at the next event, however quantities are
 * spelled.
 */
@Tag("kubernetes")
class RealApplyIT {

  private static final int CASES = 10;
  private static final int RESOURCE_QUOTA = 1;

  @Test
  void repeatedEventsWriteNothing() {
    try (var client = KubernetesClients.of(RealKubernetes.config()).build(); var route = new ApplyRoute(client)) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(LocalKubernetes.NAMESPACE).endMetadata().build())
          .serverSideApply();
      var random = new Random(15);
      for (int i = 0; i < CASES; i++) {
        var manifest = QuantitiesTest.manifest(RESOURCE_QUOTA, random);
        try {
          var first = owned(QuantitiesTest.apply(route, client, manifest));
          assertThat(owned(QuantitiesTest.apply(route, client, manifest))).as(manifest).isEqualTo(first);
        } finally {
          remove(client, manifest);
        }
      }
    }
  }

  private static void remove(KubernetesClient client, String manifest) {
    var object = client.getKubernetesSerialization().convertValue(new Yaml().<Object>load(manifest),
        GenericKubernetesResource.class);
    object.getMetadata().setNamespace(LocalKubernetes.NAMESPACE);
    client.resource(object).withTimeout(1, TimeUnit.MINUTES).delete();
  }

  /** Who has written what, and when; what the quota's own controller writes is left out. */
  private static Object owned(Map<String, Object> object) {
    return ((Map<?, ?>) object.get("metadata")).get("managedFields") instanceof Iterable<?> entries
        ? StreamSupport.stream(entries.spliterator(), false)
            .filter(entry -> "hyperfleet-a".equals(((Map<?, ?>) entry).get("manager"))).toList()
        : null;
  }
}
