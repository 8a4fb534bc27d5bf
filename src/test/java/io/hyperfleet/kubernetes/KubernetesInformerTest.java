package io.hyperfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.local.kubernetes.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What an informer's route may rely on. */
class KubernetesInformerTest {

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(LocalKubernetes.Settings.instant());

  @Test
  void isNotCompleteBeforeItsRouteHasHadWhatWasThere() throws Exception {
    create("old");
    var busy = new CountDownLatch(1);
    try (var camel = new DefaultCamelContext(); AutoCloseable end = busy::countDown) {
      var maps = watch(camel, local.client(), exchange -> busy.await());
      await().until(() -> local.kubernetes().requests().stream().anyMatch(Call.of("watch", "configmaps")));
      await().during(Duration.ofMillis(300)).until(() -> maps.all().size() == 1 && !maps.isComplete());

      busy.countDown();
      await().until(maps::isComplete);
    }
  }

  @Test
  void watchOutlivesTheLimitOfARequest(@TempDir Path folder) throws Exception {
    var limit = Duration.ofSeconds(1);
    local.kubernetes().writeKubeconfig(folder.resolve("kubeconfig"));
    var properties = new Binder(new MapConfigurationPropertySource(Map.of("kubernetes.kubeconfig",
        folder.resolve("kubeconfig").toString(), "kubernetes.request-timeout", limit.toMillis() + "ms")))
        .bind("kubernetes", KubernetesProperties.class).get();
    var heard = new CopyOnWriteArrayList<Object>();
    try (var client = KubernetesClients.watching(properties).build(); var camel = new DefaultCamelContext()) {
      var maps = watch(camel, client, exchange -> heard.add(exchange.getVariable("action")));
      await().until(maps::isComplete);

      await().during(limit.multipliedBy(2)).until(maps::isComplete);
      create("late");

      await().until(() -> heard.contains("ADDED"));
      assertThat(maps.restarts()).isZero();
      assertThat(local.kubernetes().requests()).filteredOn(Call.of("watch", "configmaps")).hasSize(1);
    }
  }

  private void create(String name) {
    local.client().resource(new ConfigMapBuilder().withNewMetadata().withNamespace("default").withName(name).endMetadata()
        .build()).create();
  }

  private static WatchedObjects watch(CamelContext camel, KubernetesClient client, Processor processor) throws Exception {
    camel.addComponent("kubernetes-informer", new KubernetesInformerComponent(client));
    camel.addRoutes(new RouteBuilder() {
      @Override
      public void configure() {
        from("kubernetes-informer:maps?resource=v1/ConfigMap").routeId("maps").process(processor);
      }
    });
    camel.start();
    return (WatchedObjects) camel.getRoute("maps").getConsumer();
  }
}
