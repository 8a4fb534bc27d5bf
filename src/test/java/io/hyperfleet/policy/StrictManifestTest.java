package io.hyperfleet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;

/** What Kubernetes would drop, convert or refuse is named with its place (S19 of SECURITY.md). */
class StrictManifestTest {

  private static final KubernetesSerialization KINDS = new KubernetesSerialization();
  private static final String CONTAINERS = "spec.template.spec.containers[0].";

  private static Map<String, Object> yaml(String text) {
    return io.hyperfleet.yaml.KubectlYaml.reader(new LoaderOptions()).load(text);
  }

  private static List<String> problems(Map<?, ?> manifest) {
    return StrictManifest.problems(manifest).stream()
        .map(problem -> problem.path() + ": " + problem.inFile(Optional.empty())).toList();
  }

  private static String job(String container) {
    return "{apiVersion: batch/v1, kind: Job, spec: {template: {spec: {containers: [" + container + "]}}}}";
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {env: [{name: A, value: 5}]}                  | env[0].value: must be text, but a number is set
      {env: [{name: A, value: true}]}               | env[0].value: must be text, but true or false is set
      {env: [{name: A, value: [x]}]}                | env[0].value: must be text, but a list is set
      {env: {A: b}}                                 | env: must be a list, but a map is set
      {env: [null]}                                 | env[0]: must be a map, but nothing is set
      {env: [A]}                                    | env[0]: must be a map, but text is set
      {command: echo}                               | command: must be a list, but text is set
      {command: [echo, 5]}                          | command[1]: must be text, but a number is set
      {command: [null]}                             | command[0]: must be text, but nothing is set
      {comand: [echo]}                              | comand: unknown field; did you mean command?
      {Image: x}                                    | Image: unknown field; did you mean image?
      {ports: [{containerPort: '8080'}]}            | ports[0].containerPort: must be a whole number of 32 bits, but text is set; remove the quotes
      {ports: [{hostPort: '8080'}]}                 | ports[0].hostPort: must be a whole number of 32 bits, but text is set; remove the quotes
      {ports: [{containerPort: http}]}              | ports[0].containerPort: must be a whole number of 32 bits, but text is set
      {ports: [{containerPort: 80.5}]}              | ports[0].containerPort: must be a whole number of 32 bits, but a number is set
      {ports: [{containerPort: 4294967376}]}        | ports[0].containerPort: must be a whole number of 32 bits, but a number is set
      {stdin: 'true'}                               | stdin: must be true or false, but text is set; remove the quotes
      {stdin: 1}                                    | stdin: must be true or false, but a number is set
      {securityContext: {privileged: 'true'}}       | securityContext.privileged: must be true or false, but text is set; remove the quotes
      {securityContext: true}                       | securityContext: must be a map, but true or false is set
      {securityContext: {capabilities: [ALL]}}      | securityContext.capabilities: must be a map, but a list is set
      {resources: {limits: {cpu: lots}}}            | resources.limits.cpu: must be a quantity, a number such as 2, 500m, 1.5 or 64Mi, but text is set
      {resources: {limits: {cpu: 64mi}}}            | resources.limits.cpu: must be a quantity, a number such as 2, 500m, 1.5 or 64Mi, but text is set
      {resources: {limits: {cpu: true}}}            | resources.limits.cpu: must be a quantity, a number such as 2, 500m, 1.5 or 64Mi, but true or false is set
      {livenessProbe: {httpGet: {port: 8.5}}}       | livenessProbe.httpGet.port: must be a whole number of 32 bits, or text, but a number is set
      {livenessProbe: {httpGet: {port: yes}}}       | livenessProbe.httpGet.port: must be a whole number of 32 bits, or text, but true or false is set
      {livenessProbe: {httpGet: {port: [1]}}}       | livenessProbe.httpGet.port: must be a whole number of 32 bits, or text, but a list is set
      """)
  void namesWhatAContainerCannotHold(String container, String problem) {
    assertThat(problems(yaml(job(container)))).containsExactly(CONTAINERS + problem);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {apiVersion: batch/v1, kind: Job, spec: {backofLimit: 3}}            | spec.backofLimit: unknown field; did you mean backoffLimit?
      {apiVersion: batch/v1, kind: Job, spec: {jobTemplate: {spec: {}}}}   | spec.jobTemplate: unknown field; allowed: activeDeadlineSeconds,
      {apiVersion: batch/v1, kind: Job, spec: {parallelism: []}}           | spec.parallelism: must be a whole number of 32 bits, but a list
      {apiVersion: batch/v1, kind: Job, spec: text}                        | spec: must be a map, but text is set
      {apiVersion: batch/v1, kind: Job, sepc: {}}                          | sepc: unknown field; did you mean spec?
      {apiVersion: batch/v1, kind: Job, metadata: {labels: {a: 5}}}        | metadata.labels.a: must be text, but a number
      {apiVersion: batch/v1, kind: Job, metadata: {labels: {a: }}}         | metadata.labels.a: must be text, but nothing
      {apiVersion: batch/v1, kind: Job, metadata: {labels: [a]}}           | metadata.labels: must be a map, but a list
      {apiVersion: batch/v1, kind: Job, metadata: {lables: {}}}            | metadata.lables: unknown field; did you mean labels?
      {apiVersion: batch/v1, kind: Job, metadata: {resourceVersion: '5'}}  | metadata.resourceVersion: remove it; Kubernetes sets it
      {apiVersion: batch/v1, kind: Job, status: {succeeded: 1}}            | status: remove it; Kubernetes sets the status
      {apiVersion: v1, kind: ConfigMap, data: {start: 1230}}               | data.start: must be text, but a number
      {apiVersion: v1, kind: ConfigMap, data: {a: {b: c}}}                 | data.a: must be text, but a map
      {apiVersion: v1, kind: ConfigMap, immutable: 'yes'}                  | immutable: must be true or false, but text is set; remove the quotes
      {apiVersion: v1, kind: Service, spec: {selector: {app: 1.10}}}       | spec.selector.app: must be text, but a number
      {apiVersion: v1, kind: Service, spec: {ports: {port: 80}}}           | spec.ports: must be a list, but a map
      {apiVersion: apps/v1, kind: Deployment, spec: {selector: {matchLabels: {a: true}}}} | spec.selector.matchLabels.a: must be text, but true
      {apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {nodeSelector: {a: 1}}}}} | spec.template.spec.nodeSelector.a: must be text
      {apiVersion: apps/v1, kind: Deployment, spec: {strategy: {rollingUpdate: {maxSurge: 5}, typ: x}}} | spec.strategy.typ: unknown field; did you mean type?
      {apiVersion: example.com/v1, kind: Thing, metadata: {name: 5}}       | metadata.name: must be text, but a number
      {apiVersion: example.com/v1, kind: Thing, metadata: {annotations: {a: false}}} | metadata.annotations.a: must be text, but true or false
      {apiVersion: example.com/v1, kind: Thing, metadata: {uid: x}}        | metadata.uid: remove it; Kubernetes sets it
      {apiVersion: example.com/v1, kind: Thing, spec: {a: .inf}}           | spec.a: must be a finite number
      {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: ConfigMap, data: {a: 1}}]} | items[0].data.a: must be text
      {apiVersion: v1, kind: List, items: [text]}                          | items[0]: must be a map, but text
      """)
  void namesWhatAKindCannotHold(String manifest, String problem) {
    assertThat(problems(yaml(manifest))).singleElement().asString().startsWith(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{apiVersion: example.com/v1, kind: Thing, spec: {a: [1, yes, x, {b: null}]}, data: 5, status: {a: 1}}",
      "{apiVersion: batch/v2, kind: Job, spec: {nonsense: 5}}",
      "{apiVersion: batch/v1, kind: Job, metadata: {creationTimestamp: null}, status: {}}",
      "{apiVersion: apps/v1, kind: Deployment, spec: {strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}}}",
      "{apiVersion: v1, kind: Service, spec: {ports: [{port: 80, targetPort: http-web}, {port: 81, targetPort: 8081}]}}",
      "{apiVersion: v1, kind: PersistentVolumeClaim, spec: {resources: {requests: {storage: 10Gi}}}}",
      "{apiVersion: coordination.k8s.io/v1, kind: Lease, spec: {renewTime: '2026-01-01T00:00:00.000000Z'}}",
      "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: {versions: [{schema: {openAPIV3Schema: "
          + "{properties: {a: {type: object, additionalProperties: false, default: 5}}}}}]}}"})
  void letsThroughWhatIsForTheApiServerToJudge(String manifest) {
    assertThat(problems(yaml(manifest))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "+1", "-1.5", "1.", ".5", "500m", "1.5Gi", "2Ki", "3k", "1E", "1e3", "1E-3", "7n",
      "8u", "9P"})
  void takesQuantitiesAsKubernetesDoes(String quantity) {
    for (Object value : List.of(quantity, "'" + quantity + "'")) {
      assertThat(problems(yaml(job("{resources: {requests: {memory: " + value + "}}}")))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1 Gi", "1K", "1gi", "Gi", ".", "1e", "1e1.5", "1.5.5", "0x1", "1_000", "--1", "NaN",
      "1Gi ", "１"})
  void refusesOtherQuantities(String quantity) {
    assertThat(problems(yaml(job("{resources: {requests: {memory: '" + quantity + "'}}}")))).hasSize(1);
  }

  @Test
  void anExpressionMatchesWhatItMayYield() {
    var container = new HashMap<Object, Object>(
        Map.of("name", Unknown.TEXT, "env", Unknown.VALUE, "stdin", Unknown.VALUE,
            "command", List.of(Unknown.VALUE, Unknown.TEXT), Unknown.VALUE, 5, "resources",
            Map.of("limits", Map.of("cpu", Unknown.TEXT, Unknown.TEXT, Unknown.VALUE)), "ports",
            List.of(Map.of("containerPort", Unknown.VALUE), Unknown.VALUE)));
    var manifest = Map.of("apiVersion", "batch/v1", "kind", "Job", "metadata", Unknown.VALUE, "spec", Map.of("template",
        Map.of("spec", Map.of("containers", List.of(container)))));

    assertThat(problems(manifest)).isEmpty();
    container.put("stdin", Unknown.TEXT);
    container.put("env", Unknown.TEXT);
    assertThat(problems(manifest)).containsExactlyInAnyOrder(
        CONTAINERS + "stdin: must be true or false, but ${...} next to other characters yields text; use ${...} alone",
        CONTAINERS + "env: must be a list, but ${...} next to other characters yields text; use ${...} alone");
  }

  @Test
  void saysWhatToDo() {
    assertThat(new ManifestProblem("a", "must be text", ScalarType.TEXT, true).inFile(Optional.of("yes")))
        .isEqualTo("must be text, but yes is true or false in YAML; put it in quotes: \"yes\"");
    assertThat(new ManifestProblem("a", "must be text", ScalarType.TEXT, null).inFile(Optional.of("")))
        .isEqualTo("must be text, but nothing is set; put it in quotes: \"\"");
    assertThat(new ManifestProblem("a", "must be text", ScalarType.TEXT, 5).filledIn())
        .isEqualTo("must be text, but the expression yields a number; use string(...)");
    assertThat(new ManifestProblem("a", "must be a list", null, "secret").filledIn())
        .isEqualTo("must be a list, but the expression yields text");
  }

  @Test
  void findsEverythingAtOnce() {
    assertThat(problems(
        yaml("{apiVersion: batch/v1, kind: Job, metadata: {labels: {a: 1, b: 2}}, spec: {x: 1, template: {spec: "
            + "{hostNetwork: 1, containers: [{name: 1}, {y: 1}]}}}}")))
        .hasSize(6);
  }

  static Stream<Arguments> kinds() {
    return Stream
        .of("batch/v1 Job", "batch/v1 CronJob", "apps/v1 Deployment", "apps/v1 StatefulSet", "apps/v1 DaemonSet",
            "v1 ConfigMap", "v1 Secret", "v1 Service", "v1 PersistentVolumeClaim", "v1 Pod", "v1 ServiceAccount",
            "v1 Namespace",
            "networking.k8s.io/v1 Ingress", "networking.k8s.io/v1 NetworkPolicy", "policy/v1 PodDisruptionBudget",
            "autoscaling/v2 HorizontalPodAutoscaler", "rbac.authorization.k8s.io/v1 Role",
            "coordination.k8s.io/v1 Lease",
            "apiextensions.k8s.io/v1 CustomResourceDefinition", "gateway.networking.k8s.io/v1 HTTPRoute")
        .map(kind -> Arguments.of(kind.split(" ")[0], kind.split(" ")[1]));
  }

  /** 250 manifests of a kind with everything in them that its type has, each as it is and with one place changed. */
  @ParameterizedTest
  @MethodSource("kinds")
  void namesTheOnePlaceThatIsWrong(String apiVersion, String kind) {
    var type = KINDS.getRegisteredKubernetesResource(apiVersion, kind);
    var random = new Random(kind.hashCode());
    for (int i = 0; i < 250; i++) {
      var made = new GeneratedManifest(random, 5 + random.nextInt(3));
      var manifest = made.of(type);
      manifest.put("apiVersion", apiVersion);
      manifest.put("kind", kind);
      manifest.remove("status");
      List.of("uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink", "managedFields").forEach(key -> ((Map<?, ?>) manifest.get("metadata")).remove(key));
      assertThat(problems(manifest)).as("%s", manifest).isEmpty();

      var place = made.spoil(manifest);
      assertThat(StrictManifest.problems(manifest)).as("%s", manifest).extracting(ManifestProblem::path)
          .containsExactly(place);
    }
  }

  /** What is sent of a Job goes through fabric8's classes: all of a manifest that passes is there afterwards. */
  @Test
  void aJobThatPassesIsSentAsItIs() {
    var json = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    var type = KINDS.getRegisteredKubernetesResource("batch/v1", "Job");
    var random = new Random(3);
    for (int i = 0; i < 500; i++) {
      var manifest = new GeneratedManifest(random, 7).of(type);
      manifest.put("apiVersion", "batch/v1");
      manifest.put("kind", "Job");
      var sent = KINDS.convertValue(KINDS.convertValue(manifest, type), LinkedHashMap.class);
      assertThat(json.valueToTree(withoutEmpty(sent.get("spec"))).toString())
          .isEqualTo(json.valueToTree(withoutEmpty(manifest.get("spec"))).toString());
    }
  }

  private static Object withoutEmpty(Object value) {
    if (value instanceof Map<?, ?> map) {
      var copy = new java.util.TreeMap<String, Object>();
      map.forEach((key, item) -> {
        Object kept = withoutEmpty(item);
        if (kept != null && !(kept instanceof Map<?, ?> inner && inner.isEmpty())
            && !(kept instanceof List<?> list && list.isEmpty())) {
          copy.put((String) key, kept);
        }
      });
      return copy;
    }
    return value instanceof List<?> list
        ? new ArrayList<>(list.stream().map(StrictManifestTest::withoutEmpty).toList())
        : value;
  }
}
