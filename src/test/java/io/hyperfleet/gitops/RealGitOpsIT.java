package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import io.hyperfleet.local.kubernetes.RealKubernetes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes in a real Kubernetes is committed as it changes, and what was missed is found. */
@Tag("kubernetes")
class RealGitOpsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String RULE = "hyperfleet.gitops.destinations[0].rules[%d].";
  private static final String DEPLOYMENT = """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        namespace: %s
      spec:
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            containers:
              - image: registry.example.com/web:1.0
                name: web
                ports:
                  - containerPort: 80
      """;

  @TempDir
  Path directory;

  private final String namespace = "hyperfleet-gitops-" + UUID.randomUUID().toString().substring(0, 8);
  private final TestClock clock = new TestClock();
  private KubernetesClient client;
  private Git git;
  private GitOpsFlow flow;

  @BeforeEach
  void start() {
    client = KubernetesClients.of(RealKubernetes.config()).build();
    client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build()).create();
    git = Git.bare(directory.resolve("fleet.git"));
    startReverser();
  }

  private void startReverser() {
    flow = new GitOpsFlow(client, Path.of(System.getenv("KUBECONFIG")), clock, directory, git,
        "hyperfleet.gitops.audit.enabled=false",
        RULE.formatted(0) + "namespaces=" + namespace,
        RULE.formatted(1) + "api-groups=apps", RULE.formatted(1) + "resources=deployments",
        RULE.formatted(1) + "namespaces=" + namespace)
        .untilLive();
  }

  @AfterEach
  void stop() {
    if (flow != null) {
      flow.close();
    }
    if (client != null) {
      client.namespaces().withName(namespace).delete();
      client.close();
    }
  }

  @Test
  void changesAreCommittedByWhoMadeThem() {
    var config = apply("my-config", "a");
    flow.commit(1);
    var file = "clusters/prod/v1/configmaps/" + namespace + "/my-config.yaml";
    assertThat(git.subjects()).containsExactly("[UPDATE] v1/configmaps/my-config by manager/real-test");
    assertThat(git.read(file)).isEqualTo("""
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: my-config
          namespace: %s
        data:
          key: a
        """.formatted(namespace));

    apply("my-config", "b");
    flow.commit(1);
    assertThat(git.read(file)).contains("key: b");
    client.resource(config).delete();
    flow.commit(1);
    assertThat(git.files()).doesNotContain(file);
    assertThat(git.subjects()).first().isEqualTo("[UPDATE] v1/configmaps/my-config by system/unknown");
  }

  /** What the API server fills in, and what controllers write, is not what somebody wants. */
  @Test
  void defaultsAndStatusOfAWorkloadAreNotInGit() {
    var manifest = DEPLOYMENT.formatted(namespace);
    client.resource(LocalKubernetesExtension.resource(manifest)).fieldManager("real-test").serverSideApply();
    await().atMost(PATIENCE)
        .until(() -> client.apps().deployments().inNamespace(namespace).withName("web").get().getStatus()
            .getObservedGeneration() != null);
    flow.commit(1);
    assertThat(unformatted(git.read("clusters/prod/apps/v1/deployments/" + namespace + "/web.yaml")))
        .isEqualTo(unformatted(manifest));
    assertThat(git.subjects()).hasSize(1);
  }

  private static String unformatted(String yaml) {
    return yaml.replace("\"", "").replaceAll("(?m)^ +", "");
  }

  @Test
  void whatWasMissedIsFound() {
    var old = apply("old", "a");
    apply("same", "a");
    flow.commit(2);
    flow.close();
    client.resource(old).delete();
    apply("new", "a");

    startReverser();
    await().atMost(PATIENCE).until(() -> {
      flow.advance(GitOpsFlow.WINDOW);
      return git.subjects().size() == 3;
    });
    assertThat(git.subjects()).containsExactly("[DELETE] v1/configmaps/old by system/reconciler",
        "[CREATE] v1/configmaps/new by system/reconciler", "[UPDATE] 2 resources by manager/real-test");
    assertThat(flow.condition("Ready").status()).isEqualTo("True");
  }

  private ConfigMap apply(String name, String value) {
    return client
        .resource(new ConfigMapBuilder().withNewMetadata().withNamespace(namespace).withName(name).endMetadata()
            .addToData("key", value).build())
        .fieldManager("real-test").forceConflicts().serverSideApply();
  }
}
