package io.hyperfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** What Kubernetes refuses is sent once; what may pass is sent again. */
@Tag("long")
class RetryingHttpClientTest {

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
    assertThatThrownBy(
        () -> send("{apiVersion: apps/v1, metadata: {name: d, namespace: hyperfleet-adapters}, " + manifest + "}"))
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

  /** Of a webhook whatever the code, and what the store does not take. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      500 | admission webhook "a.example.com" denied the request: no jobs on Mondays
      503 | admission webhook "a.example.com" denied the request without explanation
      504 | admission webhook "a.example.com" denied the request: no jobs on Mondays
      500 | etcdserver: request is too large
      500 | rpc error: code = ResourceExhausted desc = trying to send message larger than max (4194304 vs. 2097152)
      400 | Job in version "v1" cannot be handled as a Job: json: cannot unmarshal string into Go struct field JobSpec.spec.backoffLimit of type int32
      403 | jobs.batch "j" is forbidden: exceeded quota: jobs, requested: count/jobs.batch=1, used: count/jobs.batch=0, limited: count/jobs.batch=0
      403 | jobs.batch is forbidden: User "u" cannot create resource "jobs" in API group "batch" in the namespace "n"
      401 | Unauthorized
      422 | Job.batch "j" is invalid: spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"
      """)
  void creationsAndDeletionsThatAreRefusedAreSentOnce(int code, String message) {
    local.kubernetes().fail(Call.of("create", "jobs"), code, "Forbidden", message, 10);
    local.kubernetes().fail(Call.of("delete", "jobs"), code, "Forbidden", message, 10);
    var job = new JobBuilder().withNewMetadata().withName("j").withNamespace("hyperfleet-adapters").endMetadata()
        .withNewSpec()
        .withNewTemplate().withNewSpec().withRestartPolicy("Never").addNewContainer().withName("c").withImage("busybox")
        .endContainer()
        .endSpec().endTemplate().endSpec().build();

    assertThatThrownBy(() -> client.resource(job).create())
        .isInstanceOfSatisfying(KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(code));
    assertThatThrownBy(() -> client.resource(job).delete())
        .isInstanceOfSatisfying(KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(code));

    assertThat(local.kubernetes().requests()).filteredOn(Call.of("create", "jobs")).hasSize(1);
    assertThat(local.kubernetes().requests()).filteredOn(Call.of("delete", "jobs")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      429 | the server has received too many requests and has asked us to try again later
      500 | Internal error occurred: failed calling webhook "a.example.com": failed to call webhook: connection refused
      500 | etcdserver: leader changed
      503 | the server is currently unable to handle the request
      504 | Timeout: request did not complete within the requested timeout
      """)
  void creationsThatMayPassAreSentAgain(int code, String message) {
    local.kubernetes().fail(Call.of("create", "configmaps"), code, "", message, 1);

    client.configMaps().resource(new ConfigMapBuilder().withNewMetadata().withName("c").endMetadata().build()).create();

    assertThat(local.kubernetes().requests()).filteredOn(Call.of("create", "configmaps")).hasSize(2);
  }

  /** Every client that is made of another one. */
  @Test
  void clientsOfClientsSendOnceToo() {
    local.kubernetes().fail(Call.of("get", "configmaps"), 500, "", "admission webhook \"a\" denied the request: no",
        10);
    local.kubernetes().fail(Call.of("list", "configmaps"), 503, "", "", 1);
    var other = client.newClient(new RequestConfigBuilder(client.getConfiguration().getRequestConfig()).build())
        .adapt(KubernetesClient.class);

    assertThatThrownBy(() -> other.configMaps().withName("c").get()).isInstanceOf(KubernetesClientException.class);
    assertThat(other.configMaps().list().getItems()).isEmpty();

    assertThat(local.kubernetes().requests()).filteredOn(Call.of("get", "configmaps")).hasSize(1);
    assertThat(local.kubernetes().requests()).filteredOn(Call.of("list", "configmaps")).hasSize(2);
  }

  @Test
  void givesUpAfterAsManyTriesAsTheClient() {
    local.kubernetes().fail(Call.of("patch", "configmaps"), 504, "Timeout", 10);

    assertThatThrownBy(
        () -> send("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: hyperfleet-adapters}}"))
        .isInstanceOf(KubernetesClientException.class);

    assertThat(local.kubernetes().requests()).filteredOn(call -> call.verb().equals("patch")).hasSize(RETRIES + 1);
  }

  private void send(String manifest) {
    var object = client.getKubernetesSerialization().convertValue(new Yaml().<Object>load(manifest),
        GenericKubernetesResource.class);
    client.resource(object).fieldManager("hyperfleet-a").serverSideApply();
  }
}
