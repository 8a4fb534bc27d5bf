package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hyperfleet.adapter.template.AdapterTemplate;
import io.hyperfleet.adapter.template.AdapterTemplate.Workload;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.definition.AdapterReporting;
import io.hyperfleet.adapter.definition.ManifestDigest;
import io.hyperfleet.adapter.definition.Reads;
import io.hyperfleet.adapter.definition.WorkloadOptions;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import io.hyperfleet.revision.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** Whatever a user takes away from an object or changes of it, the next event puts right, and then leaves it alone. */
@Tag("long")
class DriftTest {

  private static final Owner OWNER = Owner.ofCluster("a", "c1", 1);
  private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final Map<String, String> MANIFESTS = Map.of("deployment", """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: d
        annotations: {example.com/note: n, example.com/empty: ""}
      spec:
        replicas: 0
        minReadySeconds: 0
        paused: false
        strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
        selector: {matchLabels: {app: d}}
        template:
          metadata: {labels: {app: d, more: ""}}
          spec:
            automountServiceAccountToken: false
            enableServiceLinks: false
            hostNetwork: false
            hostPID: false
            shareProcessNamespace: false
            terminationGracePeriodSeconds: 0
            nodeSelector: {disk: fast}
            securityContext: {runAsNonRoot: true, runAsUser: 1000, fsGroup: 0, seccompProfile: {type: RuntimeDefault}}
            tolerations:
              - {key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 0}
            volumes:
              - {name: tmp, emptyDir: {sizeLimit: 0.25Gi}}
              - {name: settings, configMap: {name: s, optional: false}}
            initContainers:
              - {name: first, image: "first:1", command: [], tty: false}
            containers:
              - name: serve
                image: serve:1
                args: [one, two]
                env:
                  - {name: A, value: ""}
                  - {name: B, value: b}
                ports: [{containerPort: 80}, {containerPort: 443, name: tls, hostPort: 0}]
                resources: {requests: {cpu: '0.1', memory: 0.5Gi}, limits: {cpu: 1000m, memory: 1.5Gi, ephemeral-storage: 1024Mi}}
                securityContext:
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: false
                  privileged: false
                  capabilities: {drop: [ALL], add: []}
                volumeMounts:
                  - {name: tmp, mountPath: /tmp, readOnly: false}
                livenessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 0, periodSeconds: 5}
      """, "service", """
      apiVersion: v1
      kind: Service
      metadata: {name: s}
      spec:
        type: ClusterIP
        clusterIP: None
        publishNotReadyAddresses: false
        allocateLoadBalancerNodePorts: false
        sessionAffinity: None
        selector: {app: d, empty: ""}
        externalIPs: []
        ports: [{name: http, port: 80, targetPort: 8080, protocol: TCP}, {name: tls, port: 443, nodePort: 0}]
      """, "config-map", """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: c, annotations: {}, finalizers: [example.com/hold]}
      immutable: false
      data: {a: "1", empty: "", negative: "false"}
      binaryData: {}
      """, "cron-job", """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: j}
      spec:
        schedule: "* * * * *"
        suspend: false
        successfulJobsHistoryLimit: 0
        failedJobsHistoryLimit: 0
        concurrencyPolicy: Forbid
        jobTemplate:
          spec:
            backoffLimit: 0
            completions: 1
            template:
              spec:
                restartPolicy: Never
                automountServiceAccountToken: false
                hostIPC: false
                securityContext: {}
                containers:
                  - {name: work, image: "work:1", stdin: false, env: [], securityContext: {runAsNonRoot: false}}
      """, "job", """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: k, annotations: {example.com/empty: ""}}
      spec:
        suspend: true
        backoffLimit: 0
        template:
          spec:
            restartPolicy: Never
            automountServiceAccountToken: false
            containers: [{name: work, image: "work:1", env: []}]
      """, "custom", """
      apiVersion: dns.hyperfleet.io/v1
      kind: DnsRecord
      metadata: {name: r}
      spec: {hostname: "a.example.com", flag: false, number: 0, text: "", list: [], map: {}, nested: {flag: false}}
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

  /** A key or an index. */
  private record Step(Object at) {}

  @ParameterizedTest
  @CsvSource({"deployment, 103", "service, 15", "config-map, 8", "cron-job, 25", "job, 4", "custom, 10"})
  void restoresEveryFieldThatAUserTakesAwayOrChanges(String name, int atLeast) {
    var applied = canonical(apply(name));
    assertLeftAlone(name, "untouched");
    int tried = 0;
    for (var path : paths(manifest(name), List.of())) {
      for (var change : List.of("remove", "alter", "add")) {
        var touched = change(change, path, name);
        if (touched.isPresent() && write(touched.get()) && !canonical(find(name)).equals(applied)) {
          var where = name + ": " + change + " " + path;
          var after = apply(name);
          if (change.equals("add")) {
            assertThat(ManifestChange.isApplied(stamped(name), after, "hyperfleet-a")).as(where).isTrue();
          } else {
            assertThat(canonical(after)).as(where).isEqualTo(applied);
          }
          assertLeftAlone(name, where);
          if (change.equals("add")) {
            find(name, true).ifPresent(object -> {
              object.getMetadata().setFinalizers(List.of());
              local.client().resource(object).update();
              local.client().resource(object).delete();
            });
            applied = canonical(apply(name));
          }
          tried++;
        }
      }
    }
    assertThat(tried).as("changes that Kubernetes took").isGreaterThanOrEqualTo(atLeast);
  }

  private void assertLeftAlone(String name, String where) {
    local.kubernetes().clearRequests();
    apply(name);
    assertThat(local.kubernetes().requests()).as(where).extracting(Call::verb).containsOnly("get");
  }

  private Map<String, Object> apply(String name) {
    route.apply(OWNER, definition(), List.of(new RenderedManifest(name, manifest(name))));
    return find(name);
  }

  private static Map<String, Object> manifest(String name) {
    return new Yaml().load(MANIFESTS.get(name));
  }

  private static Map<String, Object> stamped(String name) {
    var manifest = manifest(name);
    var digest = ManifestDigest.of(manifest);
    OwnerLabels.stamp(manifest, OWNER);
    OwnerLabels.annotate(manifest, OwnerLabels.MANIFEST, name);
    OwnerLabels.annotate(manifest, OwnerLabels.MANIFEST_DIGEST, digest);
    return manifest;
  }

  private Optional<GenericKubernetesResource> find(String name, boolean there) {
    var object = local.client().getKubernetesSerialization().convertValue(manifest(name),
        GenericKubernetesResource.class);
    object.getMetadata().setNamespace(LocalKubernetes.NAMESPACE);
    return Optional.ofNullable(local.client().resource(object).get());
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> find(String name) {
    return local.client().getKubernetesSerialization().convertValue(find(name, true).orElseThrow(), Map.class);
  }

  private boolean write(Map<String, Object> object) {
    // Whatever a controller has written meanwhile.
    ((Map<?, ?>) object.get("metadata")).remove("resourceVersion");
    try {
      local.client()
          .resource(local.client().getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class))
          .update();
      return true;
    } catch (KubernetesClientException e) {
      // A field that the server needs or does not let anybody change.
      assertThat(e.getCode()).isIn(400, 422);
      return false;
    }
  }

  /** The object after a user's change at a path, where that is possible. */
  @SuppressWarnings("unchecked")
  private Optional<Map<String, Object>> change(String change, List<Step> path, String name) {
    var object = find(name);
    Object parent = object;
    for (var step : path.subList(0, path.size() - 1)) {
      parent = parent instanceof Map<?, ?> map
          ? map.get(step.at())
          : parent instanceof List<?> list && list.size() > (int) step.at() ? list.get((int) step.at()) : null;
    }
    var last = path.get(path.size() - 1).at();
    if (parent instanceof Map<?, ?> map && (map.containsKey(last) || change.equals("alter"))) {
      return alter((Map<Object, Object>) map, last, change) ? Optional.of(object) : Optional.empty();
    }
    if (parent instanceof List<?> list && change.equals("remove") && list.size() > (int) last) {
      ((List<Object>) list).remove((int) last);
      return Optional.of(object);
    }
    return Optional.empty();
  }

  private static boolean alter(Map<Object, Object> map, Object key, String change) {
    var value = map.get(key);
    if (change.equals("remove")) {
      map.remove(key);
    } else if (change.equals("add") && value instanceof Map<?, ?> inner
        && inner.values().stream().allMatch(String.class::isInstance)
        && !inner.isEmpty() && !Set.of("matchLabels", "strategy", "seccompProfile").contains(key)) {
      var more = new LinkedHashMap<Object, Object>(inner);
      more.put("users-own", "x");
      map.put(key, more);
    } else if (change.equals("alter") && value instanceof String text) {
      map.put(key, text + "x");
    } else if (change.equals("alter") && value instanceof Boolean flag) {
      map.put(key, !flag);
    } else if (change.equals("alter") && value instanceof Number number) {
      map.put(key, number.longValue() + 1);
    } else if (change.equals("alter") && value instanceof List<?> list && !list.isEmpty()
        && list.get(0) instanceof String
        && !"finalizers".equals(key)) {
      var more = new ArrayList<Object>(list);
      more.add("users-own");
      map.put(key, more);
    } else {
      return false;
    }
    return true;
  }

  /** Where the manifest says something of its own. */
  private static List<List<Step>> paths(Object value, List<Step> at) {
    var paths = new ArrayList<List<Step>>();
    if (at.size() > 1 && !at.equals(List.of(new Step("metadata"), new Step("name"))) && !isKey(at)) {
      paths.add(at);
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> {
        if (!Set.of("apiVersion", "kind").contains(key)) {
          paths.addAll(paths(item, then(at, key)));
        }
      });
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        paths.addAll(paths(list.get(i), then(at, i)));
      }
    }
    return paths;
  }

  /** An item of another key is another item, which is its user's own. */
  private static boolean isKey(List<Step> at) {
    return at.get(at.size() - 2).at() instanceof Integer
        && Set.of("name", "port", "containerPort", "mountPath", "protocol").contains(at.get(at.size() - 1).at());
  }

  private static List<Step> then(List<Step> at, Object step) {
    var longer = new ArrayList<>(at);
    longer.add(new Step(step));
    return List.copyOf(longer);
  }

  /** Without what counts writes; the order of items with names of their own does not matter. */
  private static Object canonical(Object value) {
    if (value instanceof Map<?, ?> map) {
      var result = new TreeMap<String, Object>();
      map.forEach((key, item) -> {
        if (!Set
            .of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "status", "clusterIPs")
            .contains(key)) {
          result.put((String) key, canonical(item));
        }
      });
      return result;
    }
    return value instanceof List<?> list
        ? list.stream().map(item -> JSON.valueToTree(canonical(item)).toString()).sorted().toList()
        : value;
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
