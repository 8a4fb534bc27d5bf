package io.hyperfleet.local.kubernetes;

import static io.hyperfleet.local.kubernetes.LocalKubernetesExtension.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatedOperatorsTest {

  private static final String RECORD = """
      apiVersion: dns.hyperfleet.io/v1
      kind: DnsRecord
      metadata:
        name: demo
        annotations: {%s}
      spec: {hostname: a.example.com}
      """;

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(Settings.instant());

  @Test
  void servesWhatADefinitionAddsAndNothingBefore() {
    var thing = resource("""
        apiVersion: example.com/v1
        kind: Thing
        metadata: {name: a}
        spec: {size: 1}
        """);
    var things = new ResourceDefinitionContext.Builder().withGroup("example.com").withVersion("v1").withKind("Thing")
        .withPlural("things").withNamespaced(true).build();
    assertThatThrownBy(() -> local.client().genericKubernetesResources(things).resource(thing).create())
        .isInstanceOfSatisfying(KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(404));

    var definition = local.client().resource(resource("""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: things.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {kind: Thing, plural: things, singular: thing}
          versions: [{name: v1, served: true, storage: true, subresources: {status: {}}}]
        """));
    definition.create();
    local.client().resource(thing).create();

    await().until(() -> Integer.valueOf(1).equals(local.client().resource(thing).get().get("status",
        "observedGeneration")));
    definition.delete();
    await().until(() -> !local.client().supports("example.com/v1", "Thing"));
  }

  @Test
  void readiesDnsRecords() {
    var record = local.client().resource(resource(RECORD.formatted("")));
    record.create();

    await().until(() -> "True".equals(condition("status")));

    assertThat((Object) record.get().get("status", "fqdn")).isEqualTo("a.example.com");
    assertThat((Object) record.get().get("status", "observedGeneration")).isEqualTo(1);
  }

  @Test
  void failsDnsRecordsWithTheAnnotatedMessage() {
    local.client().resource(resource(RECORD.formatted("local.hyperfleet.io/fail: zone is read-only"))).create();

    await().until(() -> "False".equals(condition("status")));

    assertThat(condition("message")).isEqualTo("zone is read-only");
  }

  @Test
  void rollsDeploymentsOut() {
    var deployment = new DeploymentBuilder().withNewMetadata().withName("web").endMetadata().withNewSpec()
        .withReplicas(2).withNewSelector().addToMatchLabels("app", "web").endSelector().withNewTemplate()
        .withNewMetadata().addToLabels("app", "web").endMetadata().withNewSpec().addNewContainer().withName("web")
        .withImage("web:1").endContainer().endSpec().endTemplate().endSpec().build();

    local.client().resource(deployment).create();

    assertThat(local.client().resource(deployment).waitUntilReady(60, TimeUnit.SECONDS).getStatus().getReadyReplicas())
        .isEqualTo(2);
  }

  private String condition(String field) {
    var record = local.client().resource(resource(RECORD.formatted(""))).get();
    return record.get("status", "conditions", 0, field);
  }
}
