package io.hyperfleet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Manifests made at random (S19 of SECURITY.md), seeded and so the same at each run: harmless ones pass, and one with
 * something hostile planted in it, at any place, in any spelling and beside any decoy, is refused at that place. What
 * is planted tells what it breaks; the policy is not asked.
 */
@Tag("long")
class HostileManifestsTest {

  private static final int ROUNDS = 2_000;
  private static final List<String> KINDS = PodManifests.KINDS.keySet().stream().sorted().toList();
  private static final Object[] TRUES = {true, "true", "false", "yes", 1, 1L, 0, "", List.of(true), Map.of("a", true),
      1.0};
  private static final Object[] PORTS = {1, 8080L, "8080", "0", 80.5, 0.0, -1, Long.MAX_VALUE, true, List.of(80)};
  private static final Object[] HOSTS = {"169.254.169.254", "localhost", "127.0.0.1", "[::1]", "metadata", 2130706433,
      " "};

  private static ManifestPolicy policy(String level) {
    return PolicyFixture
        .policy(Map.of("pod-security", level, "kinds", String.join(",", KINDS) + ",Holder.example.com"));
  }

  /** Something hostile: puts itself into a pod and says at which key it has to be found. */
  private interface Hostile {
    String plant(Random random, Map<String, Object> pod, Map<String, Object> container,
        Map<String, Object> annotations);
  }

  private static final List<Hostile> BASELINE = List.of(
      (r, pod, c, a) -> put(pod, pick(r, "hostNetwork", "hostPID", "hostIPC"), pick(r, TRUES)),
      (r, pod, c, a) -> put(context(c), "privileged", pick(r, TRUES)),
      (r, pod, c, a) -> put(map(context(either(r, pod, c)), "windowsOptions"), "hostProcess", pick(r, TRUES)),
      (r, pod, c, a) -> append(r, map(context(c), "capabilities"), "add",
          pick(r, "SYS_ADMIN", "NET_RAW", "ALL", "all", "CAP_CHOWN", "chown", 1, "SYS_ADMIN "), "KILL", "CHOWN"),
      (r, pod, c, a) -> append(r, pod, "volumes",
          new LinkedHashMap<>(Map.of("name", "v", pick(r, "hostPath", "nfs", "gitRepo",
              "flexVolume", "csi", "iscsi", "rbd", "vsphereVolume"),
              pick(r, Map.of("path", "/"), Map.of(), "/", List.of()))),
          Map.of("name", "w", "emptyDir", Map.of())),
      (r, pod, c, a) -> append(r, c, "ports", Map.of("containerPort", 80, "hostPort", pick(r, PORTS)),
          Map.of("containerPort", 81)),
      (r, pod, c, a) -> put(map(map(c, pick(r, "livenessProbe", "readinessProbe", "startupProbe")),
          pick(r, "httpGet", "tcpSocket")), "host", pick(r, HOSTS)),
      (r, pod, c, a) -> put(
          map(map(map(c, "lifecycle"), pick(r, "postStart", "preStop")), pick(r, "httpGet", "tcpSocket")),
          "host", pick(r, HOSTS)),
      (r, pod, c, a) -> put(map(context(either(r, pod, c)), pick(r, "seccompProfile", "appArmorProfile")), "type",
          pick(r, "Unconfined", "runtimedefault", "", 1, List.of("RuntimeDefault"))),
      (r, pod, c, a) -> put(a, pick(r, "container.apparmor.security.beta.kubernetes.io/main",
          "container.seccomp.security.alpha.kubernetes.io/main", "seccomp.security.alpha.kubernetes.io/pod"),
          pick(r, "unconfined", "Unconfined", "runtime/unconfined", 1)),
      (r, pod, c, a) -> put(map(context(either(r, pod, c)), "seLinuxOptions"), pick(r, "user", "role", "type"),
          pick(r, "spc_t", "system_u", 1, "unconfined_t")),
      (r, pod, c, a) -> put(context(c), "procMount", pick(r, "Unmasked", "default", 1)),
      (r, pod, c, a) -> append(r, context(pod), "sysctls",
          Map.of("name", pick(r, "kernel.msgmax", "net.core.somaxconn", "", 1),
              "value", "1"),
          Map.of("name", "kernel.shm_rmid_forced", "value", "1")),
      (r, pod, c, a) -> put(context(either(r, pod, c)), "unheardOf", pick(r, TRUES)),
      (r, pod, c, a) -> put(pod, pick(r, "serviceAccountName", "serviceAccount"),
          pick(r, "admin", "Default", 1, "default ")),
      (r, pod, c, a) -> append(r, pod, "imagePullSecrets", Map.of("name", "s")),
      (r, pod, c, a) -> append(r, pod, "volumes",
          Map.of("name", "v", "secret", pick(r, Map.of("secretName", "s"), Map.of()))),
      (r, pod, c, a) -> append(r, pod, "volumes", Map.of("name", "v", "projected", Map.of("sources", List.of(
          pick(r, Map.of("secret", Map.of("name", "s")), Map.of("serviceAccountToken", Map.of("path", "t"))))))),
      (r, pod, c, a) -> append(r, c, "env",
          Map.of("name", "E", "valueFrom", Map.of("secretKeyRef", Map.of("name", "s"))),
          Map.of("name", "F", "value", "f")),
      (r, pod, c, a) -> append(r, c, "envFrom", Map.of("secretRef", pick(r, Map.of("name", "s"), Map.of())),
          Map.of("configMapRef", Map.of("name", "c"))),
      (r, pod, c, a) -> put(pod, "nodeName", pick(r, "node-1", 1)),
      (r, pod, c, a) -> put(pod, "priorityClassName",
          pick(r, "system-node-critical", "system-cluster-critical", "system-")),
      (r, pod, c, a) -> append(r, pod, "tolerations", pick(r, Map.of("operator", "Exists"),
          Map.of("key", "node-role.kubernetes.io/control-plane"), Map.of("key", "node-role.kubernetes.io/master"))));

  private static final List<Hostile> RESTRICTED = List.of(
      (r, pod, c, a) -> put(context(c), "allowPrivilegeEscalation", pick(r, true, "false", null, 0)),
      (r, pod, c, a) -> put(context(either(r, pod, c)), "runAsNonRoot", pick(r, false, "true", 1)),
      (r, pod, c, a) -> put(context(either(r, pod, c)), "runAsUser", pick(r, 0, 0L, "0", 0.0, "root")),
      (r, pod, c, a) -> put(map(context(c), "capabilities"), "drop",
          pick(r, List.of(), List.of("KILL"), List.of("all"), null)),
      (r, pod, c, a) -> append(r, map(context(c), "capabilities"), "add", pick(r, "CHOWN", "KILL", "SETUID"),
          "NET_BIND_SERVICE"),
      (r, pod, c, a) -> append(r, pod, "volumes", Map.of("name", "v", "image", Map.of("reference", "i"))));

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "restricted"})
  void harmlessOnesPass(String level) {
    var policy = policy(level);
    for (int seed = 0; seed < ROUNDS; seed++) {
      var made = make(new Random(seed), null);
      assertThat(policy.violations("mine", "hyperfleet-adapters", made.manifest()))
          .as("seed %d: %s", seed, made.manifest()).isEmpty();
    }
  }

  /** A long key over many items: what is told of them stays small, and so does what is held. */
  @Test
  void whatIsToldStaysSmall() {
    var items = IntStream.range(0, 20_000).mapToObj(i -> Map.of("name", "v", "hostPath", Map.of("path", "/"))).toList();
    var manifest = PodManifests.wrap("Job.batch", new LinkedHashMap<>(Map.of("volumes", items)), Map.of());
    manifest.put("x".repeat(500_000), Map.of("volumes", items));

    assertThat(policy("baseline").violations("mine", "hyperfleet-adapters", manifest)).hasSize(100)
        .allSatisfy(violation -> assertThat(violation.toString()).hasSizeLessThan(3_000));
  }

  /** What is not known yet may become what is allowed, wherever it stands: a value, a list, a whole pod or a key. */
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "restricted"})
  void whatIsNotKnownYetIsNotRefused(String level) {
    var policy = policy(level);
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(7_000_000L + seed);
      var outline = (Map<?, ?>) forget(random, make(random, null).manifest(), 0);
      assertThat(policy.violations("mine", "hyperfleet-adapters", outline)).as("seed %d: %s", seed, outline).isEmpty();
    }
  }

  private static Object forget(Random random, Object value, int depth) {
    if (depth > 1 && random.nextInt(12) == 0) {
      return pick(random, Unknown.values());
    }
    if (value instanceof Map<?, ?> map) {
      var forgotten = new LinkedHashMap<>();
      map.forEach(
          (key, item) -> forgotten.put(depth > 1 && random.nextInt(12) == 0 ? pick(random, Unknown.values()) : key,
              forget(random, item, depth + 1)));
      return forgotten;
    }
    return value instanceof List<?> list ? list.stream().map(item -> forget(random, item, depth + 1)).toList() : value;
  }

  static List<Integer> baseline() {
    return IntStream.range(0, BASELINE.size()).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("baseline")
  void hostileOnesAreRefusedAtTheirPlace(int hostile) {
    refuses(BASELINE.get(hostile), "baseline", hostile);
    refuses(BASELINE.get(hostile), "restricted", hostile);
  }

  static List<Integer> restricted() {
    return IntStream.range(0, RESTRICTED.size()).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("restricted")
  void whatIsNotHardenedIsRefusedWherePodsAreRestricted(int hostile) {
    refuses(RESTRICTED.get(hostile), "restricted", 100 + hostile);
  }

  private static void refuses(Hostile hostile, String level, int salt) {
    var policy = policy(level);
    for (int seed = 0; seed < ROUNDS / 5; seed++) {
      var made = make(new Random(salt * 100_000L + seed), hostile);
      assertThat(policy.violations("mine", "hyperfleet-adapters", made.manifest()).stream().map(Violation::path)
          .collect(Collectors.joining("\n"))).as("seed %d: %s", seed, made.manifest()).contains(made.key());
    }
  }

  /** A manifest made at random, and the key of what was planted in it. */
  private record Made(Map<String, Object> manifest, String key) {}

  private static Made make(Random random, Hostile hostile) {
    var pod = pod(random);
    var annotations = new LinkedHashMap<String, Object>(Map.of("note", "hostNetwork: true"));
    var key = "";
    if (hostile != null) {
      var name = pick(random, PodManifests.LISTS.stream().filter(pod::containsKey).toArray(String[]::new));
      @SuppressWarnings("unchecked")
      var list = (List<Map<String, Object>>) pod.get(name);
      key = hostile.plant(random, pod, list.get(random.nextInt(list.size())), annotations);
    }
    return new Made(decoy(random, PodManifests.wrap(pick(random, KINDS.toArray(String[]::new)), pod, annotations)),
        key);
  }

  private static Map<String, Object> pod(Random random) {
    Map<String, Object> pod = PodManifests
        .yaml("securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}");
    for (String list : PodManifests.LISTS) {
      if (list.equals("containers") || random.nextBoolean()) {
        pod.put(list,
            new ArrayList<>(IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> container(random)).toList()));
      }
    }
    harmless(random, pod, "hostNetwork: false", "hostPID: null", "serviceAccountName: default",
        "tolerations: [{key: gpu}]",
        "volumes: [{name: a, emptyDir: {}}, {name: b, configMap: {name: c}}]", "nodeSelector: {a: b}",
        "hostAliases: []",
        "priorityClassName: low", "restartPolicy: Never", "shareProcessNamespace: true", "imagePullSecrets: []");
    return pod;
  }

  private static Map<String, Object> container(Random random) {
    Map<String, Object> container = PodManifests.yaml("""
        {image: i, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}
        """);
    container.put("name", "c" + random.nextInt(9));
    harmless(random, container, "ports: [{containerPort: 80}]", "env: [{name: E, value: hostPath}]",
        "command: [sh, -c, privileged]",
        "livenessProbe: {httpGet: {port: 80}}", "lifecycle: {preStop: {exec: {command: [x]}}}",
        "envFrom: [{configMapRef: {name: c}}]",
        "resources: {limits: {cpu: 1}}", "volumeMounts: [{name: a, mountPath: /a}]",
        "readinessProbe: {grpc: {port: 1}}");
    return container;
  }

  private static void harmless(Random random, Map<String, Object> target, String... choices) {
    for (String choice : choices) {
      if (random.nextInt(3) == 0) {
        target.putAll(PodManifests.yaml(choice));
      }
    }
  }

  /** Puts harmless pods beside the real one, and sometimes the whole into an object that holds others. */
  private static Map<String, Object> decoy(Random random, Map<String, Object> manifest) {
    if (random.nextBoolean() && manifest.get("spec") instanceof Map<?, ?> spec && !manifest.get("kind").equals("Pod")) {
      @SuppressWarnings("unchecked")
      var target = (Map<String, Object>) spec;
      target.putIfAbsent(pick(random, "jobTemplate", "template", "podTemplate", "spec"),
          pick(random, Map.of("spec", Map.of()),
              Map.of("spec", Map.of("template", Map.of("spec", Map.of()))), Map.of()));
    }
    if (random.nextInt(4) == 0) {
      Map<String, Object> holder = PodManifests.yaml("{apiVersion: example.com/v1, kind: Holder, metadata: {name: h}}");
      holder.put("spec", Map.of(pick(random, "manifests", "objects", "workload"),
          random.nextBoolean() ? List.of(Map.of("other", 1), manifest) : Map.of("inner", manifest)));
      return holder;
    }
    return manifest;
  }

  @SafeVarargs
  private static <T> T pick(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }

  private static Map<String, Object> either(Random random, Map<String, Object> pod, Map<String, Object> container) {
    return random.nextBoolean() ? pod : container;
  }

  private static Map<String, Object> context(Map<String, Object> owner) {
    return map(owner, "securityContext");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> parent, String key) {
    if (!(parent.get(key) instanceof Map)) {
      parent.put(key, new LinkedHashMap<String, Object>());
    }
    return (Map<String, Object>) parent.get(key);
  }

  private static String put(Map<String, Object> target, String key, Object value) {
    target.put(key, value);
    return key;
  }

  /** Puts an item into a list, among harmless ones. */
  private static String append(Random random, Map<String, Object> target, String key, Object item, Object... harmless) {
    var list = new ArrayList<>(List.of(harmless));
    list.add(random.nextInt(list.size() + 1), item);
    target.put(key, list);
    return key + "[" + list.indexOf(item) + "]";
  }
}
