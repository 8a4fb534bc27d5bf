package io.hyperfleet.gitops;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelLanguage;
import io.hyperfleet.gitops.author.AuditFacts;
import io.hyperfleet.gitops.destination.Destinations;
import io.hyperfleet.gitops.lifecycle.DestinationReload;
import io.hyperfleet.gitops.reconcile.DestinationCondition;
import io.hyperfleet.gitops.reconcile.Reconciliations;
import io.hyperfleet.gitops.watch.LiveChanges;
import io.hyperfleet.gitops.watch.StartupGates;
import io.hyperfleet.gitops.write.BranchWorkers;
import io.hyperfleet.kubernetes.KubernetesProperties;
import io.hyperfleet.local.LocalCertificate;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.RouteFiles;
import io.hyperfleet.route.TemplateInstances;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The role gitops as it runs, with its routes, its beans and its informers, but without Spring Boot around it, and with
 * a clock that the test owns: it starts in a second, so that each test has one of its own.
 */
final class GitOpsFlow implements AutoCloseable {

  /** The audit log is posted to this port; without it, it is written by {@link #said} alone. */
  static final String AUDIT_PORT = "hyperfleet.gitops.audit.port";
  private static final String NO_AUDIT = "- routeTemplate: {id: gitops-audit, route: {from: {uri: direct:no-audit, steps: [{stop: {}}]}}}";
  static final Duration WINDOW = Duration.ofSeconds(5);
  /** Of the port that the audit log is posted to. */
  static final LocalCertificate CERTIFICATE = certificate();

  private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
  private final CamelContext camel;
  private final KubernetesClient client;
  private final TestClock clock;

  /** Starts one on the first repository; further properties win over what is set here. */
  GitOpsFlow(LocalKubernetes kubernetes, TestClock clock, Path directory, Git repository, String... properties) {
    this(kubernetes.client(), kubeconfig(kubernetes, directory), clock, directory, repository, properties);
  }

  private static Path kubeconfig(LocalKubernetes kubernetes, Path directory) {
    var kubeconfig = directory.resolve("kubeconfig");
    kubernetes.writeKubeconfig(kubeconfig);
    return kubeconfig;
  }

  /** The same on another Kubernetes. */
  GitOpsFlow(KubernetesClient client, Path kubeconfig, TestClock clock, Path directory, Git repository,
      String... properties) {
    this.client = client;
    this.clock = clock;
    var settings = settings(directory, repository, kubeconfig, properties);
    beans.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
    beans.getBeanFactory().registerSingleton("gitOpsClock", clock);
    beans.getBeanFactory().registerSingleton("gitOpsWallClock", clock);
    var binder = Binder.get(beans.getEnvironment());
    beans.registerBean(GitOpsProperties.class, () -> binder.bindOrCreate("hyperfleet.gitops", GitOpsProperties.class));
    beans.registerBean(KubernetesProperties.class,
        () -> binder.bindOrCreate("hyperfleet.kubernetes", KubernetesProperties.class));
    beans.registerBean(MeterRegistry.class, () -> new SimpleMeterRegistry());
    beans.register(SslAutoConfiguration.class, CelEngine.class, CelLanguage.class,
        named("io.hyperfleet.gitops.lifecycle.GitOpsConfiguration"),
        named("io.hyperfleet.gitops.lifecycle.GitOpsRoutes"),
        DestinationReload.class,
        named("io.hyperfleet.kubernetes.KubernetesConfiguration"),
        named("io.hyperfleet.route.RouteConfigurationBeans"));
    beans.refresh();
    camel = new DefaultCamelContext(new DefaultRegistry(new ApplicationContextBeanRepository(beans)));
    try {
      settings.forEach((key, value) -> camel.getPropertiesComponent().addInitialProperty(key, value.toString()));
      load();
      for (TemplateInstances instances : beans.getBeansOfType(TemplateInstances.class).values()) {
        instances.addTo(camel);
      }
      camel.start();
    } catch (Exception e) {
      close();
      throw new IllegalStateException(e);
    }
  }

  private static LocalCertificate certificate() {
    try {
      return LocalCertificate.in(Files.createTempDirectory("gitops"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> settings(Path directory, Git repository, Path kubeconfig, String... properties) {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("hyperfleet.roles", "gitops");
    settings.put("hyperfleet.kubernetes.kubeconfig", kubeconfig.toString());
    settings.put("hyperfleet.gitops.poll-interval", "20ms");
    settings.put("hyperfleet.gitops.discovery-interval", "100ms");
    settings.put("hyperfleet.gitops.work-directory", directory.resolve("work").toString());
    settings.put("hyperfleet.gitops.audit.enabled", "true");
    settings.put("hyperfleet.gitops.audit.address", "127.0.0.1");
    settings.put("hyperfleet.gitops.audit.token-file", directory.resolve("audit-token").toString());
    settings.put("hyperfleet.gitops.audit.ssl-bundle", "audit");
    settings.put("spring.ssl.bundle.pem.audit.keystore.certificate", CERTIFICATE.certificate().toUri());
    settings.put("spring.ssl.bundle.pem.audit.keystore.private-key", CERTIFICATE.key().toUri());
    settings.put("hyperfleet.gitops.audit.max-bytes", "100000");
    settings.put("hyperfleet.gitops.push.cooldown", "0s");
    settings.put("hyperfleet.gitops.repositories[0].name", "fleet");
    settings.put("hyperfleet.gitops.repositories[0].url", repository.url());
    settings.put("hyperfleet.gitops.destinations[0].name", "prod");
    settings.put("hyperfleet.gitops.destinations[0].base-folder", "clusters/prod");
    settings.put("hyperfleet.gitops.destinations[0].rules[0].resources", "configmaps");
    for (String property : properties) {
      var pair = property.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    if (settings.containsKey("hyperfleet.gitops.destinations-file")) {
      settings.keySet().removeIf(key -> key.startsWith("hyperfleet.gitops.destinations["));
    }
    return settings;
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void load() throws Exception {
    for (var file : new RouteFiles(new PathMatchingResourcePatternResolver()).find(EnumSet.of(Role.GITOPS), null)) {
      boolean silent = file.getFilename().startsWith("gitops-audit")
          && !beans.getEnvironment().containsProperty(AUDIT_PORT);
      PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(file.getFilename(),
          silent ? NO_AUDIT : file.getContentAsString(StandardCharsets.UTF_8)));
    }
  }

  KubernetesClient client() {
    return client;
  }

  CamelContext camel() {
    return camel;
  }

  <T> T bean(Class<T> type) {
    return beans.getBean(type);
  }

  /** The number of a counter, of all its tags that match. */
  double count(String name, String... tags) {
    return bean(MeterRegistry.class).find("hyperfleet.gitops." + name).tags(tags).counters().stream()
        .mapToDouble(counter -> counter.count()).sum();
  }

  /** The value of a gauge. */
  double gauge(String name) {
    return bean(MeterRegistry.class).find("hyperfleet.gitops." + name).gauges().stream()
        .mapToDouble(gauge -> gauge.value()).sum();
  }

  /** A condition of the first destination. */
  DestinationCondition condition(String type) {
    return bean(Reconciliations.class).condition("prod", type);
  }

  /** Pushes that the remote has acknowledged. */
  long pushes() {
    return bean(MeterRegistry.class).find("hyperfleet.gitops.push").tags("result", "ok").timers().stream()
        .mapToLong(timer -> timer.count()).sum();
  }

  /** Comparisons made so far, of the destination that has made the fewest. */
  long comparisons() {
    return bean(Destinations.class).all().stream().mapToLong(destination -> bean(MeterRegistry.class)
        .find("hyperfleet.gitops.reconcile").tags("destination", destination.name()).timers().stream()
        .mapToLong(timer -> timer.count()).sum()).min().orElseThrow();
  }

  /**
   * Lets the time of a comparison come, and returns once each destination has made it and what came of it is at the
   * remote.
   */
  void compare() {
    long before = comparisons();
    advance(Duration.ofMinutes(5));
    await().atMost(Duration.ofMinutes(2)).until(() -> comparisons() > before);
    advance(WINDOW);
    untilPending(0);
  }

  /** Objects that are remembered, and changes that are held. */
  int remembered() {
    return bean(LiveChanges.class).remembered() + bean(StartupGates.class).held();
  }

  /** Returns once the first comparison is made, so that changes go straight on. */
  GitOpsFlow untilLive() {
    await().atMost(Duration.ofMinutes(2)).until(() -> bean(StartupGates.class).areOpen());
    return this;
  }

  /** Makes a config map as a user whom the audit log names. */
  ConfigMap apply(String user, String namespace, String name, String value) {
    return apply(user, new ConfigMapBuilder().withNewMetadata().withNamespace(namespace).withName(name).endMetadata()
        .addToData("key", value).build());
  }

  /** Creates or replaces an object as a user whom the audit log names. */
  <T extends HasMetadata> T apply(String user, T object) {
    object.getMetadata().setResourceVersion(null);
    var stored = client().resource(object).createOr(replace -> replace.update());
    said("update", user, stored);
    return stored;
  }

  /** Deletes an object as a user whom the audit log names. */
  void delete(String user, HasMetadata object) {
    client().resource(object).delete();
    said("delete", user, object);
  }

  /** Deletes an object without a word in the audit log, and waits for one in vain. */
  void deleteUnseen(HasMetadata object) {
    client().resource(object).delete();
    await().until(() -> gauge("events.unattributed") == 1);
    advance(Duration.ofSeconds(3));
  }

  /** The audit log says who did something. */
  void said(String verb, String user, HasMetadata object) {
    var metadata = Map.<String, Object>of("uid", object.getMetadata().getUid(), "resourceVersion",
        object.getMetadata().getResourceVersion());
    bean(AuditFacts.class).received(List.of(Map.of("stage", "ResponseComplete", "verb", verb, "user",
        Map.of("username", user), "responseStatus", Map.of("code", 200), "responseObject",
        Map.of("metadata", metadata))));
  }

  /** Lets time pass. */
  void advance(Duration time) {
    clock.advance(time);
  }

  /** Events that are not at the remote; what a worker that has just written some says of that is said by then. */
  int pending() {
    int events = (int) gauge("pending.writes");
    // Counters and conditions follow within the worker's lock, which this waits for.
    bean(Destinations.class).all().forEach(destination -> bean(BranchWorkers.class).of(destination.name()).nextRead());
    return events;
  }

  /** Returns once the workers have so many events that are not at the remote. */
  void untilPending(int events) {
    await().atMost(Duration.ofMinutes(2)).until(() -> pending() == events);
  }

  /** Waits until so many events are pending, ends their window, and returns once they are at the remote. */
  void commit(int events) {
    untilPending(events);
    advance(WINDOW);
    untilPending(0);
  }

  @Override
  public void close() {
    camel.stop();
    beans.close();
  }

  @Override
  public String toString() {
    return Arrays.toString(camel.getRoutes().toArray());
  }
}
