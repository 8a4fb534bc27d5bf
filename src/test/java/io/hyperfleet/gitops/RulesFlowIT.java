package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.hyperfleet.gitops.manifest.ManifestYamlTest;
import io.hyperfleet.gitops.manifest.Sanitizer;
import io.hyperfleet.gitops.watch.ClusterObjects;
import io.hyperfleet.gitops.watch.WatchSource;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is mirrored: kinds, versions, and what is left out whatever the rules say. */
class RulesFlowIT extends GitOpsIT {

  private static final String RULE = "hyperfleet.gitops.destinations[0].rules[0].";
  private static final String ORDERS = """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: icecreamorders.shop.example.com}
      spec:
        group: shop.example.com
        scope: Namespaced
        names: {kind: IceCreamOrder, plural: icecreamorders, singular: icecreamorder, listKind: IceCreamOrderList}
        versions:
          - {name: v1, served: true, storage: true, schema: &schema {openAPIV3Schema: {type: object, properties: {spec:
              {type: object, x-kubernetes-preserve-unknown-fields: true}}}}}
          - {name: v1beta1, served: true, storage: false, schema: *schema}
      """;
  private static final String ORDER = """
      apiVersion: shop.example.com/v1
      kind: IceCreamOrder
      metadata: {name: %s, namespace: default}
      spec: {scoops: 3}
      """;

  @Test
  void customResourcesAndWhatHasNoNamespace() {
    local.client().resource(LocalKubernetesExtension.resource(ORDERS)).create();
    start(RULE + "api-groups=shop.example.com", RULE + "resources=icecreamorders",
        "hyperfleet.gitops.destinations[0].rules[1].resources=namespaces");
    flow.apply("admin", order("x"));
    flow.apply("admin", new NamespaceBuilder().withNewMetadata().withName("blue").endMetadata().build());
    flow.commit(2);
    assertThat(git.files()).contains("clusters/prod/shop.example.com/v1/icecreamorders/default/x.yaml",
        "clusters/prod/v1/namespaces/blue.yaml");
  }

  @Test
  void objectThatIsServedInTwoVersionsIsWrittenInTheClaimedOne() {
    local.client().resource(LocalKubernetesExtension.resource(ORDERS)).create();
    start(RULE + "api-groups=shop.example.com", RULE + "api-versions=v1beta1", RULE + "resources=icecreamorders");
    flow.apply("admin", order("x"));
    flow.commit(1);
    assertThat(git.files()).containsExactly("clusters/prod/shop.example.com/v1beta1/icecreamorders/default/x.yaml");
    assertThat(git.read("clusters/prod/shop.example.com/v1beta1/icecreamorders/default/x.yaml"))
        .startsWith("apiVersion: shop.example.com/v1beta1\n");
  }

  @Test
  void filesStayWhenTheirDefinitionIsGoneUnseen() {
    var definition = local.client().resource(LocalKubernetesExtension.resource(ORDERS)).create();
    var rules = new String[]{RULE + "api-groups=shop.example.com", RULE + "resources=icecreamorders"};
    start(rules);
    var seen = flow.apply("admin", order("seen"));
    flow.apply("admin", order("unseen"));
    flow.commit(2);
    flow.delete("admin", seen);
    flow.commit(1);
    flow.close();
    local.client().resource(definition).delete();

    flow = new GitOpsFlow(local.kubernetes(), clock, directory, git, rules);
    flow.advance(Duration.ofMinutes(2));
    flow.untilLive();
    flow.advance(GitOpsFlow.WINDOW);
    flow.untilPending(0);
    assertThat(git.files()).containsExactly("clusters/prod/shop.example.com/v1/icecreamorders/default/unseen.yaml");
    assertThat(flow.condition("StreamsRunning").reason()).isEqualTo("SnapshotIncomplete");
  }

  @Test
  void objectThatCannotBeWrittenKeepsNoOtherBack() {
    local.client().resource(LocalKubernetesExtension.resource(ORDERS)).create();
    var poison = order("poison");
    Object nested = List.of();
    for (int depth = 0; depth < 300; depth++) {
      nested = List.of(nested);
    }
    poison.setAdditionalProperty("spec", Map.of("nested", nested));
    local.client().resource(poison).create();
    local.client().resource(order("before")).create();
    start(RULE + "api-groups=shop.example.com", RULE + "resources=icecreamorders");
    flow.advance(GitOpsFlow.WINDOW);
    flow.untilPending(0);
    flow.apply("admin", order("after"));
    flow.commit(1);

    poison.setAdditionalProperty("spec", Map.of("nested", nested, "again", 1));
    poison.getMetadata().setResourceVersion(null);
    local.client().resource(poison).update();
    flow.apply("admin", order("last"));
    flow.commit(1);
    assertThat(git.files()).extracting(path -> path.substring(path.lastIndexOf('/') + 1))
        .containsExactly("after.yaml", "before.yaml", "last.yaml");
    assertThat(flow.count("events.dropped", "reason", "unrenderable")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void allKindsOfAGroupAreThoseThatAreNotExcluded() {
    start(RULE + "resources=*");
    flow.apply("admin", "default", "my-config", "a");
    local.client().resource(secret("a")).create();
    flow.apply("admin", new ServiceAccountBuilder().withNewMetadata().withNamespace("default").withName("robot")
        .endMetadata().build());
    flow.commit(2);
    assertThat(git.files()).contains(FILE, "clusters/prod/v1/serviceaccounts/default/robot.yaml",
        "clusters/prod/v1/namespaces/default.yaml")
        .noneMatch(path -> path.contains("secrets") || path.contains("events"));
    assertThat(routes()).contains("gitops-watch-v1-configmaps", "gitops-watch-v1-services")
        .doesNotContain("gitops-watch-v1-pods", "gitops-watch-v1-events", "gitops-watch-v1-secrets");
  }

  @Test
  void watchesThatDifferInTheirLabelsAreShownAsOne() throws Exception {
    start(RULE + "labels.team=blue", "hyperfleet.gitops.destinations[0].rules[1].resources=configmaps",
        "hyperfleet.gitops.destinations[0].rules[1].labels.team=green");
    var green = new WatchSource(new ResourceType("", "v1", "configmaps"), "", "team=green", List.of()).routeId();
    assertThat(routes()).contains(green);
    assertThat(flow.gauge("watch.up")).isEqualTo(1);

    flow.camel().getRouteController().stopRoute(green);
    await().until(() -> flow.gauge("watch.up") == 0);
  }

  @Test
  void ruleThatNamesAnExcludedKindIsFollowed() {
    start(RULE + "api-groups=batch", RULE + "resources=jobs");
    assertThat(routes()).contains("gitops-watch-batch-v1-jobs");
  }

  @Test
  void whatKubernetesMakesInEveryNamespaceIsLeftOut() {
    git.elsewhere("Begin", clone -> Git.write(clone, "clusters/prod/v1/configmaps/default/kube-root-ca.crt.yaml", """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: kube-root-ca.crt, namespace: default}
        """));
    local.client().resource(config("kube-root-ca.crt")).create();
    start();
    flow.apply("admin", config("kube-root-ca.crt"));
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE, "Begin");
  }

  @Test
  void secretsAreRefusedOrTheirValuesReplaced() throws IOException {
    assertThatThrownBy(() -> start(RULE + "resources=secrets")).hasStackTraceContaining(
        "Secrets are not written to Git in clear text; see hyperfleet.gitops.secrets.mode");
    assertThatThrownBy(() -> start(RULE + "resources=secrets", "hyperfleet.gitops.secrets.mode=REDACT"))
        .hasStackTraceContaining("hyperfleet.gitops.secrets.key-file: set a file");

    var key = Files.writeString(directory.resolve("key"), "0123456789abcdef0123456789abcdef");
    start(RULE + "resources=secrets", "hyperfleet.gitops.secrets.mode=REDACT",
        "hyperfleet.gitops.secrets.key-file=" + key);
    flow.apply("admin", secret("first canary"));
    flow.commit(1);
    var first = values();
    assertThat(first).hasSize(2).doesNotHaveDuplicates().allMatch(value -> value.matches("hmac-sha256:[0-9a-f]{64}"));

    flow.apply("admin", secret("second canary"));
    flow.commit(1);
    assertThat(values()).doesNotContainAnyElementsOf(first);
    flow.apply("admin", secret("first canary"));
    flow.commit(1);
    assertThat(values()).isEqualTo(first);
    assertThat(git.run("log", "-p", "main")).contains("password: \"hmac-sha256:").doesNotContain("canary")
        .doesNotContain(secret("first canary").getData().get("password"));
  }

  private List<String> values() {
    var values = new ArrayList<String>();
    var data = Sanitizer.map(ManifestYamlTest
        .read(git.read("clusters/prod/v1/secrets/default/login.yaml").getBytes(StandardCharsets.UTF_8)).get("data"));
    data.values().forEach(value -> values.add(value.toString()));
    return values;
  }

  private List<String> routes() {
    await().until(() -> flow.bean(ClusterObjects.class).isComplete("prod"));
    return flow.camel().getRoutes().stream().map(route -> route.getRouteId()).toList();
  }

  private static ConfigMap config(String name) {
    return new ConfigMapBuilder().withNewMetadata().withNamespace("default").withName(name).endMetadata()
        .addToData("key", "a").build();
  }

  /** A Secret with the same value twice. */
  private static Secret secret(String value) {
    var encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    return new SecretBuilder().withNewMetadata().withNamespace("default").withName("login").endMetadata()
        .withType("Opaque").addToData("password", encoded).addToData("repeated", encoded).build();
  }

  private static GenericKubernetesResource order(String name) {
    return LocalKubernetesExtension.resource(ORDER.formatted(name));
  }
}
