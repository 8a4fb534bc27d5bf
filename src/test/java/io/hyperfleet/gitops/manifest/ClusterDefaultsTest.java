package io.hyperfleet.gitops.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the API server fills in is not in Git, what somebody chose is. */
class ClusterDefaultsTest {

  private static final String POD = """
      spec:
        template:
          metadata: {creationTimestamp: null}
          spec:
            dnsPolicy: ClusterFirst
            schedulerName: default-scheduler
            terminationGracePeriodSeconds: 30
            securityContext: {}
            serviceAccount: robot
            serviceAccountName: robot
            containers:
            - name: a
              image: registry.example.com:5000/a:1
              imagePullPolicy: IfNotPresent
              resources: {}
              terminationMessagePath: /dev/termination-log
              terminationMessagePolicy: File
              ports: [{containerPort: 80, protocol: TCP}]
              env: [{name: IP, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: status.podIP}}}]
              livenessProbe:
                httpGet: {path: /, port: 80, scheme: HTTP}
                timeoutSeconds: 1
                periodSeconds: 10
                successThreshold: 1
                failureThreshold: 5
            - {name: b, image: busybox, imagePullPolicy: Always}
            - {name: c, image: "busybox@sha256:abc", imagePullPolicy: IfNotPresent}
            volumes:
            - {name: v, configMap: {name: c, defaultMode: 420}}
            - {name: w, secret: {secretName: s, defaultMode: 256}}
      """;
  private static final Map<String, Object> POD_LEFT = Map.of("serviceAccountName", "robot",
      "containers", List.of(
          Map.of("name", "a", "image", "registry.example.com:5000/a:1", "ports", List.of(Map.of("containerPort", 80)),
              "env",
              List.of(Map.of("name", "IP", "valueFrom", Map.of("fieldRef", Map.of("fieldPath", "status.podIP")))),
              "livenessProbe", Map.of("httpGet", Map.of("path", "/", "port", 80), "failureThreshold", 5)),
          Map.of("name", "b", "image", "busybox"), Map.of("name", "c", "image", "busybox@sha256:abc")),
      "volumes", List.of(Map.of("name", "v", "configMap", Map.of("name", "c")),
          Map.of("name", "w", "secret", Map.of("secretName", "s", "defaultMode", 256))));

  @Test
  void jobsAndDeploymentsKeepWhatSomebodyWants() {
    assertThat(spec("batch/v1", "Job", POD,
        "backoffLimit: 6, completions: 1, parallelism: 1, completionMode: NonIndexed, suspend: false, "
            + "manualSelector: false, podReplacementPolicy: TerminatingOrFailed"))
        .isEqualTo(Map.of("template", Map.of("spec", POD_LEFT)));
    assertThat(spec("apps/v1", "Deployment", POD,
        "replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, "
            + "strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}"))
        .isEqualTo(Map.of("template", Map.of("spec", POD_LEFT)));
  }

  @Test
  void valuesThatSomebodyChoseStay() {
    assertThat(spec("batch/v1", "Job", "", "backoffLimit: 0, completions: 3, parallelism: 2, suspend: true"))
        .isEqualTo(Map.of("backoffLimit", 0, "completions", 3, "parallelism", 2, "suspend", true));
    // A queue: parallelism without completions. And a Job whose failure policy changes what is the default.
    assertThat(spec("batch/v1", "Job", "", "parallelism: 1")).isEqualTo(Map.of("parallelism", 1));
    assertThat(spec("batch/v1", "Job", "", "podFailurePolicy: {rules: []}, podReplacementPolicy: TerminatingOrFailed"))
        .hasSize(2);
    assertThat(spec("apps/v1", "Deployment", "",
        "replicas: 2, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}"))
        .hasSize(2);
    assertThat(spec("v1", "Service", "",
        "type: NodePort, sessionAffinity: None, ports: [{port: 80, targetPort: 80, protocol: TCP}, "
            + "{port: 53, targetPort: dns, protocol: UDP}]"))
        .isEqualTo(Map.of("type", "NodePort", "ports",
            List.of(Map.of("port", 80), Map.of("port", 53, "targetPort", "dns", "protocol", "UDP"))));
    // Of kinds that others define, nothing is known.
    assertThat(spec("example.com/v1", "Job", "", "backoffLimit: 6, dnsPolicy: ClusterFirst")).hasSize(2);
  }

  @Test
  void whatIsNoWorkloadAtAllIsNoError() {
    assertThat(spec("batch/v1", "Job", "", "template: text, completions: [1]"))
        .isEqualTo(Map.of("template", "text", "completions", List.of(1)));
    assertThat(spec("apps/v1", "Deployment", "", "template: {spec: {containers: {a: b}, volumes: [text]}}")).hasSize(1);
  }

  private static Map<String, Object> spec(String apiVersion, String kind, String pod, String fields) {
    var spec = new HashMap<>(Sanitizer.map(read(pod.isEmpty() ? "spec: {}" : pod).get("spec")));
    spec.putAll(read("{" + fields + "}"));
    return Sanitizer.map(Sanitizer
        .sanitize(Map.of("apiVersion", apiVersion, "kind", kind, "metadata", Map.of("name", "a"), "spec", spec))
        .get("spec"));
  }

  private static Map<String, Object> read(String yaml) {
    return ManifestYamlTest.read(yaml.getBytes(StandardCharsets.UTF_8));
  }
}
