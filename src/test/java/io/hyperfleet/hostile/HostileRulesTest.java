package io.hyperfleet.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.hyperfleet.hostile.RequestTap.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The witnesses of {@link HostileIT} see what they are there for. */
@Tag("hostile")
class HostileRulesTest {

  private static final String NAMESPACED = "/api/v1/namespaces/hyperfleet-adapters/configmaps";

  @ParameterizedTest
  @ValueSource(strings = {"hostNetwork: true", "hostNetwork: \"true\"", "HOSTPID: yes", "nodeName: a",
      "serviceAccountName: admin", "serviceAccount: admin",
      "priorityClassName: system-node-critical", "volumes: [{name: a, hostPath: {path: /}}]",
      "volumes: [{name: a, secret: {secretName: b}}]",
      "volumes: [{name: a, csi: {driver: b}}]", "containers: [{ports: [{hostPort: 80}]}]",
      "containers: [{ports: [{hostPort: \"80\"}]}]",
      "containers: [{securityContext: {privileged: true}}]",
      "containers: [{securityContext: {capabilities: {add: [SYS_ADMIN]}}}]",
      "containers: [{securityContext: {procMount: Unmasked}}]",
      "containers: [{livenessProbe: {httpGet: {host: a, port: 1}}}]",
      "containers: [{lifecycle: {postStart: {tcpSocket: {host: a, port: 1}}}}]",
      "containers: [{env: [{name: a, valueFrom: {secretKeyRef: {name: b}}}]}]",
      "containers: [{envFrom: [{secretRef: {name: b}}]}]", "securityContext: {seccompProfile: {type: Unconfined}}",
      "securityContext: {sysctls: [{name: a, value: b}]}",
      "securityContext: {windowsOptions: {hostProcess: true}}", "imagePullSecrets: [{name: a}]"})
  void seesWhatAPodMayNotHave(String pod) throws IOException {
    assertThat(violations("apiVersion: batch/v1\nkind: Job\nspec: {template: {spec: {" + pod + "}}}")).isNotEmpty();
    assertThat(
        violations("apiVersion: batch/v1\nkind: Job\nspec: {jobTemplate: {spec: {}}, template: {spec: {" + pod + "}}}"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"apiVersion: v1\nkind: Secret", "apiVersion: v1\nkind: Pod",
      "apiVersion: v1\nkind: Service\nspec: {type: LoadBalancer}",
      "apiVersion: v1\nkind: Service\nspec: {externalIPs: [10.0.0.1]}",
      "apiVersion: v1\nkind: Service\nspec: {type: ExternalName, externalName: a}",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {namespace: kube-system}", "apiVersion: v1\nkind: List\nitems: []"})
  void seesWhatMayNotBeMade(String object) throws IOException {
    assertThat(violations(object)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"apiVersion: v1\nkind: ConfigMap\ndata: {hostNetwork: \"true\"}",
      "apiVersion: v1\nkind: Service\nspec: {ports: [{port: 80}]}",
      "apiVersion: batch/v1\nkind: Job\nmetadata: {annotations: {hostNetwork: \"true\"}}\nspec: {template: {spec: {hostNetwork: false, serviceAccountName: default, "
          + "containers: [{env: [{name: hostNetwork, value: \"true\"}], securityContext: {privileged: false, capabilities: {drop: [ALL]}}}]}}}"})
  void letsPassWhatIsHarmless(String object) throws IOException {
    assertThat(violations(object)).isEmpty();
  }

  private static List<String> violations(String yaml) throws IOException {
    return ObjectRules.violations(new YAMLMapper().readTree(yaml), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a?watch=true", "?watch=true", "/a?dryRun=All", "/../../x", "/%2e%2e/x", "/a/status", "/A",
      "?labelSelector=a%2Cb%21%3Dc", "?labelSelector=a+in+%28b%29",
      "/a%3Fwatch", "/a;x=1", "//a", "?fieldManager=a&watch=true"})
  void seesARequestThatAdaptersDoNotMake(String end) {
    assertThat(RequestRules.ofKubernetes(get(NAMESPACED + end, "127.0.0.1:1"))).isNotEmpty();
  }

  @Test
  void seesARequestForAnotherPlace() {
    assertThat(RequestRules.ofKubernetes(get(NAMESPACED, "evil.example"))).isNotEmpty();
    assertThat(RequestRules.ofKubernetes(get("/api/v1/namespaces/kube-system/configmaps/a", "127.0.0.1:1")))
        .isNotEmpty();
    assertThat(RequestRules.ofKubernetes(get("/api/v1/namespaces/hyperfleet-adapters/secrets/a", "127.0.0.1:1")))
        .isNotEmpty();
    assertThat(RequestRules.ofKubernetes(get("/api/v1/secrets", "127.0.0.1:1"))).isNotEmpty();
    assertThat(RequestRules.ofApi(get("/api/hyperfleet/v1/clusters/a/../b", ""))).isNotEmpty();
    assertThat(RequestRules.ofApi(get("/api/hyperfleet/v1/clusters/a?x#y", ""))).isNotEmpty();
    assertThat(RequestRules.ofApi(new Request("DELETE", "/api/hyperfleet/v1/clusters/a", Map.of(), new byte[0])))
        .isNotEmpty();
  }

  @Test
  void knowsTheRequestsThatAdaptersMake() {
    assertThat(RequestRules.ofKubernetes(get(NAMESPACED + "/a.b-c", "127.0.0.1:1"))).isEmpty();
    assertThat(RequestRules
        .ofKubernetes(get(NAMESPACED + "?labelSelector=hyperfleet.io%2Fmanaged-by%3Dsteady%2Ca%3D", "127.0.0.1:1")))
        .isEmpty();
    assertThat(RequestRules
        .ofKubernetes(get(NAMESPACED + "?allowWatchBookmarks=true&watch=true&resourceVersion=1", "127.0.0.1:1")))
        .isEmpty();
    assertThat(RequestRules.ofApi(get("/api/hyperfleet/v1/clusters/a?include=statuses", ""))).isEmpty();
    assertThat(RequestRules.ofApi(new Request("PUT", "/api/hyperfleet/v1/clusters/a/statuses", Map.of(), new byte[0])))
        .isEmpty();
  }

  private static Request get(String target, String host) {
    return new Request("GET", target, Map.of("host", host), new byte[0]);
  }

  @Test
  void hearsWhoeverConnectsToTheCanary() throws IOException {
    try (var canaries = new Canaries()) {
      var port = Integer.parseInt(canaries.address().replaceFirst(".*:", ""));
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      Awaitility.await().until(() -> Canaries.harm().stream().anyMatch(what -> what.contains("connected")));
    }
  }

  @Test
  void seesWhoeverObeysAText() {
    new CanaryBean().touch();
    new Canary("x");

    assertThat(Canaries.harm()).anyMatch(what -> what.contains("bean")).anyMatch(what -> what.contains("instance"));
  }

  @Test
  void passesRequestsOnAsTheyAreAndTellsOfThem() throws IOException {
    var told = new CopyOnWriteArrayList<Request>();
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var tap = new RequestTap(server.getLocalPort(), told::add);
        var client = new Socket(InetAddress.getLoopbackAddress(), tap.port())) {
      var sent = "PUT /a?b=%20c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET /d HTTP/1.1\r\nHost: x\r\n\r\n";
      client.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      try (var accepted = server.accept()) {
        Awaitility.await().until(() -> told.size() == 2);
        accepted.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var arrived = new ByteArrayOutputStream();
        arrived.writeBytes(accepted.getInputStream().readNBytes(sent.length()));
        assertThat(arrived.toString(StandardCharsets.US_ASCII)).isEqualTo(sent);
      }
      assertThat(new String(client.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200 OK");
    }
    assertThat(told).extracting(Request::target).containsExactly("/a?b=%20c", "/d");
    assertThat(told.get(0).text()).isEqualTo("abc");
  }
}
