package io.hyperfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.hyperfleet.local.SlowServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a server does with a request, its caller gets an answer or an end. */
@Tag("long")
class ResponseDeadlineTest {

  private static final Duration LIMIT = Duration.ofMillis(200);
  private static final ConfigMap OBJECT = new ConfigMapBuilder().withNewMetadata().withName("a").withNamespace("n")
      .endMetadata().build();

  @TempDir
  private Path folder;

  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void everyRequestEnds(SlowServer.Answer answer) throws Exception {
    assertThatItEnds(KubernetesClients::of, answer);
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void everyRequestOfTheClientForWatchesEndsToo(SlowServer.Answer answer) throws Exception {
    assertThatItEnds(KubernetesClients::watching, answer);
  }

  private void assertThatItEnds(Function<KubernetesProperties, KubernetesClientBuilder> clients,
      SlowServer.Answer answer)
      throws IOException {
    try (var server = new SlowServer(answer); var client = clients.apply(properties(server)).build()) {
      List<Consumer<KubernetesClient>> requests = List.of(
          kubernetes -> kubernetes.configMaps().inNamespace("n").withName("a").get(),
          kubernetes -> kubernetes.configMaps().inNamespace("n").withLabels(Map.of("a", "b")).list(),
          kubernetes -> kubernetes.resource(OBJECT).create(),
          kubernetes -> kubernetes.resource(OBJECT)
              .patch(new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager("m").build()),
          kubernetes -> kubernetes.resource(OBJECT).delete(),
          kubernetes -> kubernetes.genericKubernetesResources("example.com/v1", "Thing").inNamespace("n").withName("a")
              .get(),
          kubernetes -> kubernetes.getApiResources("example.com/v1"));
      for (var request : requests) {
        assertThatThrownBy(() -> request.accept(client)).isInstanceOf(KubernetesClientException.class);
      }
    }
  }

  private KubernetesProperties properties(SlowServer server) throws IOException {
    var file = Files.writeString(folder.resolve("kubeconfig"), """
        apiVersion: v1
        kind: Config
        current-context: slow
        contexts: [{name: slow, context: {cluster: slow, user: slow}}]
        clusters: [{name: slow, cluster: {server: "%s"}}]
        users: [{name: slow, user: {}}]
        """.formatted(server.url()));
    return new KubernetesProperties(file.toString(), Duration.ofSeconds(1), LIMIT, 0, 10, null);
  }
}
