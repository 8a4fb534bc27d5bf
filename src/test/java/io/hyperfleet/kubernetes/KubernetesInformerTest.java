package io.hyperfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.local.LocalCertificate;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.kubernetes.LocalKubernetesExtension;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;

/** What an informer's route may rely on. */
@Tag("long")
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

  /** As in a storm of a thousand clusters: Kubernetes changes faster than the route can tell the API. */
  @Test
  void noChangeIsLostWhileItsRouteIsBusy() throws Exception {
    int changes = 1_500;
    var busy = new CountDownLatch(1);
    var heard = new CopyOnWriteArrayList<Object>();
    try (var camel = new DefaultCamelContext(); AutoCloseable end = busy::countDown) {
      var maps = watch(camel, local.client(), exchange -> {
        busy.await();
        heard.add(exchange.getVariable("action"));
      });
      await().until(() -> local.kubernetes().requests().stream().anyMatch(Call.of("watch", "configmaps")));
      for (int i = 0; i < changes; i++) {
        create("map-" + i);
      }
      await().until(() -> maps.all().size() == changes);

      busy.countDown();
      await().atMost(Duration.ofMinutes(1)).until(() -> heard.size() == changes);
    }
  }

  @Test
  void watchOutlivesTheLimitOfARequest(@TempDir Path folder) throws Exception {
    var limit = Duration.ofSeconds(1);
    local.kubernetes().writeKubeconfig(folder.resolve("kubeconfig"));
    var heard = new CopyOnWriteArrayList<Object>();
    try (var client = KubernetesClients.watching(properties(folder.resolve("kubeconfig"), limit)).build();
        var camel = new DefaultCamelContext()) {
      var maps = watch(camel, client, exchange -> heard.add(exchange.getVariable("action")));
      await().until(maps::isComplete);

      await().during(limit.multipliedBy(2)).until(maps::isComplete);
      create("late");

      await().until(() -> heard.contains("ADDED"));
      assertThat(maps.restarts()).isZero();
      assertThat(local.kubernetes().requests()).filteredOn(Call.of("watch", "configmaps")).hasSize(1);
    }
  }

  /**
   * As when the API server is killed and comes back: with what it knew, without its history, and with answers that are
   * errors.
   */
  @ParameterizedTest
  @CsvSource({"false, 0", "true, 0", "true, 5"})
  @ExtendWith(OutputCaptureExtension.class)
  void anOutageIsCountedOnceAndSaidInOneLine(boolean forgets, int errors, CapturedOutput output) throws Exception {
    asConfigured("io.fabric8.kubernetes.client.informers");
    var heard = new CopyOnWriteArrayList<Object>();
    try (var camel = new DefaultCamelContext()) {
      var maps = watch(camel, local.client(), exchange -> heard.add(exchange.getVariable("action")));
      await().during(Duration.ofSeconds(1)).until(maps::isComplete);

      local.kubernetes().pause();
      await().until(() -> maps.restarts() == 1 && !maps.isComplete());
      if (forgets) {
        local.kubernetes().compact();
      }
      local.kubernetes().fail(Call.of("list", "configmaps").or(Call.of("watch", "configmaps")), 500, "InternalError",
          errors);
      local.kubernetes().resume();
      await().atMost(Duration.ofMinutes(1)).until(maps::isComplete);
      create("late");
      await().atMost(Duration.ofMinutes(1)).until(() -> heard.contains("ADDED"));
      assertThat(maps.restarts()).isEqualTo(1);
      assertThat(output.getAll().lines().filter(line -> line.contains("WARN") || line.contains("ERROR")))
          .singleElement().asString()
          .contains(
              "Cannot watch v1/ConfigMap in all namespaces, trying again (logged once): the connection is lost");
      assertThat(output.getAll().lines()).noneMatch(line -> line.startsWith("\tat "));
    }
  }

  /** A kind whose custom resource is installed later, or an API server that is away at the start. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  @ExtendWith(OutputCaptureExtension.class)
  void whatCannotBeWatchedYetIsSaidOnceAndItsReturnOnce(boolean away, CapturedOutput output) throws Exception {
    asConfigured("io.fabric8.kubernetes.client.informers");
    if (away) {
      local.kubernetes().pause();
    }
    try (var camel = new DefaultCamelContext()) {
      var things = watch(camel, local.client(), "example.com/v1/Thing", exchange -> {});
      await().until(() -> things.restarts() == 1);
      await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(7))
          .until(() -> things.restarts() == 1 && !things.isComplete());

      local.kubernetes().resume();
      local.client().resource("""
          apiVersion: apiextensions.k8s.io/v1
          kind: CustomResourceDefinition
          metadata: {name: things.example.com}
          spec:
            group: example.com
            scope: Namespaced
            names: {kind: Thing, listKind: ThingList, plural: things, singular: thing}
            versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
          """).create();
      await().atMost(Duration.ofSeconds(30))
          .until(() -> things.isComplete() && output.getAll().contains("Watching example"));

      assertThat(things.restarts()).isEqualTo(1);
      assertThat(output.getAll().lines().filter(line -> line.contains("WARN") || line.contains("ERROR")))
          .singleElement().asString()
          .contains("Cannot watch example.com/v1/Thing in all namespaces, trying again (logged once): ");
      assertThat(output.getAll().lines().filter(line -> line.contains("Watching example.com/v1/Thing"))).hasSize(1);
    }
  }

  /** The levels that the application gives these loggers. */
  private static void asConfigured(String... loggers) throws IOException {
    var yaml = new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml")).get(0);
    for (String logger : loggers) {
      LoggingSystem.get(KubernetesInformerTest.class.getClassLoader())
          .setLogLevel(logger, LogLevel.valueOf(yaml.getProperty("logging.level." + logger).toString().toUpperCase()));
    }
  }

  @Test
  void watchesOverTls(@TempDir Path folder) throws Exception {
    var certificate = LocalCertificate.in(folder);
    var vertx = Vertx.vertx();
    try (AutoCloseable end = () -> vertx.close().toCompletionStage().toCompletableFuture().join()) {
      var plain = vertx.createNetClient();
      var tls = vertx.createNetServer(new NetServerOptions().setHost("localhost").setSsl(true).setKeyCertOptions(
          new PemKeyCertOptions().setCertPath(certificate.certificate().toString())
              .setKeyPath(certificate.key().toString())))
          .connectHandler(socket -> {
            socket.pause();
            plain.connect(local.kubernetes().port(), "127.0.0.1").onSuccess(target -> {
              target.pipeTo(socket);
              socket.pipeTo(target);
            });
          }).listen().toCompletionStage().toCompletableFuture().join();
      var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
          apiVersion: v1
          kind: Config
          current-context: tls
          clusters: [{name: tls, cluster: {server: "https://localhost:%d", certificate-authority: "%s"}}]
          users: [{name: tls, user: {token: secret}}]
          contexts: [{name: tls, context: {cluster: tls, user: tls, namespace: hyperfleet-adapters}}]
          """.formatted(tls.actualPort(), certificate.certificate()));
      var heard = new CopyOnWriteArrayList<Object>();
      try (var client = KubernetesClients.watching(properties(kubeconfig, Duration.ofSeconds(10))).build();
          var camel = new DefaultCamelContext()) {
        var maps = watch(camel, client, exchange -> heard.add(exchange.getVariable("action")));
        await().until(maps::isComplete);
        create("new");

        await().until(() -> heard.contains("ADDED"));
      }
    }
  }

  private static KubernetesProperties properties(Path kubeconfig, Duration limit) {
    return new Binder(new MapConfigurationPropertySource(Map.of("kubernetes.kubeconfig", kubeconfig.toString(),
        "kubernetes.request-timeout", limit.toMillis() + "ms"))).bind("kubernetes", KubernetesProperties.class).get();
  }

  private void create(String name) {
    local.client()
        .resource(new ConfigMapBuilder().withNewMetadata().withNamespace("default").withName(name).endMetadata()
            .build())
        .create();
  }

  private static InformerCache watch(CamelContext camel, KubernetesClient client, Processor processor)
      throws Exception {
    return watch(camel, client, "v1/ConfigMap", processor);
  }

  private static InformerCache watch(CamelContext camel, KubernetesClient client, String resource, Processor processor)
      throws Exception {
    camel.addComponent("kubernetes-informer", new KubernetesInformerComponent(client));
    camel.addRoutes(new RouteBuilder() {
      @Override
      public void configure() {
        from("kubernetes-informer:maps?resource=" + resource).routeId("maps").process(processor);
      }
    });
    camel.start();
    return (InformerCache) camel.getRoute("maps").getConsumer();
  }
}
