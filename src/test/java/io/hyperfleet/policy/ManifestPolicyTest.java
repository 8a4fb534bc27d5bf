package io.hyperfleet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Manifests that reach further than an adapter may (S5 of SECURITY.md), each in the words of its refusal. */
class ManifestPolicyTest {

  private static final String NAMESPACE = "hyperfleet-adapters";

  private static ManifestPolicy policy(Map<String, String> properties) {
    return PolicyFixture.policy(properties);
  }

  private static List<String> violations(Map<String, String> properties, String manifest) {
    return policy(properties).violations("mine", NAMESPACE, new Yaml().<Map<String, Object>>load(manifest)).stream()
        .map(Violation::toString).toList();
  }

  private static String job(String pod) {
    return "{apiVersion: batch/v1, kind: Job, spec: {template: {spec: " + pod + "}}}";
  }

  private static String container(String settings) {
    return job("{containers: [{name: c, image: i, " + settings + "}]}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {hostNetwork: true}                                              | hostNetwork: needs the permission host-network; allowed without it: false
      {hostPID: true}                                                  | hostPID: needs the permission host-network
      {hostIPC: 'true'}                                                | hostIPC: needs the permission host-network
      {volumes: [{name: v, hostPath: {path: /}}]}                      | volumes[0].hostPath: needs the permission host-path
      {volumes: [{name: v, secret: {secretName: s}}]}                  | the secret s is not allowed; allowed: none
      {volumes: [{name: v, projected: {sources: [{secret: {name: s}}]}}]} | the secret s is not allowed
      {volumes: [{name: v, projected: {sources: [{serviceAccountToken: {}}]}}]} | projected.sources[0].serviceAccountToken: needs
      {volumes: [{name: v, csi: {driver: d}}]}                         | volumes[0].csi: needs the permission security-options
      {imagePullSecrets: [{name: s}]}                                  | imagePullSecrets[0].name: the secret s is not allowed
      {serviceAccountName: admin}                                      | the service account admin is not allowed
      {serviceAccount: admin}                                          | the service account admin is not allowed
      {securityContext: {sysctls: [{name: kernel.msgmax}]}}            | securityContext.sysctls[0].name: needs the permission security-options
      {securityContext: {seccompProfile: {type: Unconfined}}}          | seccompProfile.type: needs the permission security-options
      {initContainers: [{name: c, securityContext: {privileged: true}}]} | initContainers[0].securityContext.privileged:
      """)
  void refusesPodsThatReachOutOfTheirs(String pod, String refusal) {
    assertThat(violations(Map.of(), job(pod))).singleElement().asString().contains(refusal)
        .contains("hyperfleet.adapters.policy.");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      securityContext: {privileged: true}                              | privileged: needs the permission privileged
      securityContext: {privileged: 'true'}                            | privileged: needs the permission privileged
      securityContext: {capabilities: {add: [SYS_ADMIN]}}              | capabilities.add[0]: needs the permission capabilities; SYS_ADMIN
      securityContext: {procMount: Unmasked}                           | procMount: needs the permission security-options
      securityContext: {seLinuxOptions: {user: u}}                      | seLinuxOptions.user: needs the permission security-options
      ports: [{hostPort: 80}]                                          | ports[0].hostPort: needs the permission host-ports
      env: [{name: E, valueFrom: {secretKeyRef: {name: s, key: k}}}]   | env[0].valueFrom.secretKeyRef.name: the secret s is not allowed
      envFrom: [{secretRef: {name: s}}]                                | envFrom[0].secretRef.name: the secret s is not allowed
      """)
  void refusesContainersThatReachOutOfTheirs(String settings, String refusal) {
    assertThat(violations(Map.of(), container(settings))).singleElement().asString().contains(refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding}",
      "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole}",
      "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding}",
      "{apiVersion: v1, kind: Secret}", "{apiVersion: v1, kind: Pod}", "{apiVersion: v1, kind: Namespace}",
      "{apiVersion: v1, kind: List}", "{apiVersion: evil.example.com/v1, kind: Job}", "{apiVersion: v1, kind: Job}",
      "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition}"})
  void refusesKindsThatAreNotListed(String manifest) {
    assertThat(violations(Map.of(), manifest)).anyMatch(text -> text.matches("kind: the kind \\S+ is not allowed; .*"));
  }

  @Test
  void refusesOtherNamespacesWhoeverNamesThem() {
    var manifest = "{apiVersion: v1, kind: ConfigMap, metadata: {namespace: kube-system}}";
    assertThat(violations(Map.of(), manifest)).singleElement().asString()
        .startsWith(
            "metadata.namespace: the namespace kube-system is not allowed; allowed: hyperfleet-adapters");
    assertThat(policy(Map.of()).violations("mine", "kube-system", Map.of("apiVersion", "v1", "kind", "ConfigMap")))
        .hasSize(1);
    assertThat(policy(Map.of()).violations("mine", NAMESPACE, "v1", "Secret")).hasSize(1);
  }

  @Test
  void findsPodsWhereverAKindKeepsThem() {
    var pod = "{hostNetwork: true}";
    assertThat(violations(Map.of(), "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: " + pod + "}}}"))
        .singleElement().asString().startsWith("spec.template.spec.hostNetwork");
    assertThat(
        violations(Map.of(), "{apiVersion: batch/v1, kind: CronJob, spec: {jobTemplate: {spec: {template: {spec: "
            + pod + "}}}}}"))
        .singleElement().asString().startsWith("spec.jobTemplate.spec.template.spec.hostNetwork");
    assertThat(violations(Map.of("kinds", "Pod"),
        "{apiVersion: v1, kind: Pod, spec: " + pod + "}")).singleElement().asString().startsWith("spec.hostNetwork");
  }

  @Test
  void namesEverythingAtOnce() {
    assertThat(
        violations(Map.of(), "{apiVersion: v1, kind: Secret, metadata: {namespace: other}, spec: {template: {spec: "
            + "{hostPID: true, hostIPC: true}}}}"))
        .hasSize(4);
  }

  @Test
  void allowsWhatAnOrdinaryJobNeeds() {
    assertThat(violations(Map.of(), job("""
        {serviceAccountName: default, automountServiceAccountToken: false, hostNetwork: false,
         securityContext: {runAsNonRoot: true, runAsUser: 65534, seccompProfile: {type: RuntimeDefault}},
         volumes: [{name: a, configMap: {name: x}}, {name: b, emptyDir: {}}],
         containers: [{name: c, ports: [{containerPort: 80}], env: [{name: E, value: v}], securityContext:
           {privileged: false, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true,
            capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}}]}
        """))).isEmpty();
  }

  @Test
  void anOperatorAllowsMoreOfOneAdapterOnly() {
    var properties = Map.of(
        "adapters.mine.permissions", "privileged,host-path",
        "adapters.mine.secrets", "s",
        "adapters.mine.service-accounts", "installer",
        "adapters.mine.kinds", "Job.batch,Secret",
        "adapters.mine.namespaces", "team-a",
        "adapters.mine.pod-security", "restricted");
    var manifest = """
        {apiVersion: batch/v1, kind: Job, metadata: {namespace: team-a}, spec: {template: {spec:
          {serviceAccountName: installer, volumes: [{name: v, hostPath: {path: /}}, {name: w, secret: {secretName: s}}],
           securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}},
           containers: [{name: c, securityContext: {privileged: true, capabilities: {drop: [ALL]}}}]}}}}
        """;
    Map<String, Object> object = new Yaml().load(manifest);

    assertThat(policy(properties).violations("mine", NAMESPACE, object)).isEmpty();
    assertThat(policy(properties).violations("other", NAMESPACE, object)).hasSize(5);
  }
}
