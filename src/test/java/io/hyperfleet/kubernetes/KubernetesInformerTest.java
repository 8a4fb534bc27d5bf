package io.hyperfleet.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.hyperfleet.local.kubernetes.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an informer's route may rely on. */
class KubernetesInformerTest {

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(LocalKubernetes.Settings.instant());

  @Test
  void isNotCompleteBeforeItsRouteHasHadWhatWasThere() throws Exception {
    local.client().resource(new ConfigMapBuilder().withNewMetadata().withNamespace("default").withName("old").endMetadata()
        .build()).create();
    var busy = new CountDownLatch(1);
    try (var camel = new DefaultCamelContext(); AutoCloseable end = busy::countDown) {
      camel.addComponent("kubernetes-informer", new KubernetesInformerComponent(local.client()));
      camel.addRoutes(new RouteBuilder() {
        @Override
        public void configure() {
          from("kubernetes-informer:maps?resource=v1/ConfigMap").routeId("maps").process(exchange -> busy.await());
        }
      });
      camel.start();
      var maps = (WatchedObjects) camel.getRoute("maps").getConsumer();
      await().until(() -> local.kubernetes().requests().stream().anyMatch(Call.of("watch", "configmaps")));
      await().during(Duration.ofMillis(300)).until(() -> maps.all().size() == 1 && !maps.isComplete());

      busy.countDown();
      await().until(maps::isComplete);
    }
  }
}
