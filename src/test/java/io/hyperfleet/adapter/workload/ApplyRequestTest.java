package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.local.kubernetes.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** What Kubernetes refuses is sent once; what may pass is sent again. */
class ApplyRequestTest {

  private static final int RETRIES = 2;

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(LocalKubernetes.Settings.instant());

  private KubernetesClient client;

  @BeforeEach
  void connect() {
    client = KubernetesClients.of(new ConfigBuilder(local.kubernetes().config()).withRequestRetryBackoffLimit(RETRIES)
        .withRequestRetryBackoffInterval(1).build()).build();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      kind: Deployment, spec: {replica: 1}                        | 500 | .spec.replica: field not declared in schema
      kind: Deployment, spec: {replicas: two}                     | 500 | .spec.replicas: expected numeric (int or float), got string
      kind: Deployment, spec: {template: []}                      | 500 | .spec.template: expected map
      kind: Deployment, spec: {paused: 'no'}                      | 500 | .spec.paused: expected boolean
      kind: Deployment, spec: {selector: {matchLabels: {a: 1}}}   | 500 | .spec.selector.matchLabels.a: expected string
      kind: Deployment, spec: {template: {spec: {containers: [{name: c, ports: [{containerPort: 1}, {containerPort: 1}]}]}}} | 500 | duplicate entries
      kind: Deployment, spec: {replicas: -1}                      | 422 | spec.replicas
      """)
  void sendsARefusedManifestOnce(String manifest, int code, String problem) {
    assertThatThrownBy(() -> send("{apiVersion: apps/v1, metadata: {name: d, namespace: hyperfleet-adapters}, " + manifest + "}"))
        .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
          assertThat(refused.getCode()).isEqualTo(code);
          assertThat(refused.getStatus().getMessage()).contains(problem);
        });
    assertThat(local.kubernetes().requests()).filteredOn(call -> call.verb().equals("patch")).hasSize(1);
  }

  @Test
  void sendsAgainWhatMayPass() {
    local.kubernetes().fail(Call.of("patch", "configmaps"), 503, "ServiceUnavailable", 1);
    local.kubernetes().fail(Call.of("patch", "configmaps"), 500, "InternalError", 1);

    send("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: hyperfleet-adapters}, data: {a: b}}");

    assertThat(local.kubernetes().requests()).filteredOn(call -> call.verb().equals("patch")).hasSize(RETRIES + 1);
    assertThat(client.configMaps().withName("c").get().getData()).containsEntry("a", "b");
  }

  @Test
  void givesUpAfterAsManyTriesAsTheClient() {
    local.kubernetes().fail(Call.of("patch", "configmaps"), 504, "Timeout", 10);

    assertThatThrownBy(() -> send("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: hyperfleet-adapters}}"))
        .isInstanceOf(KubernetesClientException.class);

    assertThat(local.kubernetes().requests()).filteredOn(call -> call.verb().equals("patch")).hasSize(RETRIES + 1);
  }

  private void send(String manifest) {
    var object = client.getKubernetesSerialization().convertValue(new Yaml().<Object>load(manifest), GenericKubernetesResource.class);
    new ApplyRequest(client).send(object, "hyperfleet-a", false);
  }
}
