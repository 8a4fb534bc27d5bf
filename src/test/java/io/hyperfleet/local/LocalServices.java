package io.hyperfleet.local;

import io.hyperfleet.local.kubernetes.LocalKubernetes;
import io.hyperfleet.local.pubsub.LocalPubSub;
import io.hyperfleet.role.Role;
import io.hyperfleet.role.Roles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts what HyperFleet needs in this process: PostgreSQL, Pub/Sub and Kubernetes, each unless the real thing is
 * configured ({@code SPRING_DATASOURCE_URL}, {@code PUBSUB_EMULATOR_HOST}, {@code KUBECONFIG}) or no role needs it.
 * They end with the application, after everything that uses them.
 */
public class LocalServices implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final String LOCAL = "hyperfleet.local.";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    try {
      start(context);
    } catch (IllegalStateException e) {
      throw new LocalServiceException(e);
    }
  }

  private static void start(ConfigurableApplicationContext context) {
    var environment = context.getEnvironment();
    var found = new LinkedHashMap<String, Object>();
    if (environment.getProperty(LOCAL + "gitops", Boolean.class, false)) {
      LocalRepository.prepare(environment);
    }
    var roles = Roles.of(environment);
    boolean database = roles.contains(Role.API) || roles.contains(Role.OUTBOX);
    boolean broker = roles.contains(Role.OUTBOX) || roles.contains(Role.ADAPTERS)
        || roles.contains(Role.SENTINEL) && isSet(environment, "hyperfleet.routes.location");
    if (database && !isSet(environment, "spring.datasource.url")) {
      startPostgres(context, environment, found);
    }
    if (broker && !isSet(environment, "hyperfleet.broker.emulator-host")) {
      var pubSub = LocalPubSub.start(port(environment, "pubsub", 8085));
      closeWith(context, "localPubSub", pubSub);
      found.put("hyperfleet.broker.emulator-host", pubSub.endpoint());
    }
    boolean kubernetes = roles.contains(Role.ADAPTERS) || roles.contains(Role.GITOPS);
    if (kubernetes && !isSet(environment, "hyperfleet.kubernetes.kubeconfig") && !isSet(environment, "KUBECONFIG")) {
      startKubernetes(context, environment, found);
    }
    environment.getPropertySources().addFirst(new MapPropertySource("local-services", found));
  }

  private static void startPostgres(ConfigurableApplicationContext context, ConfigurableEnvironment environment,
      Map<String, Object> found) {
    var postgres = LocalPostgres.start(port(environment, "postgres", 15432));
    closeWith(context, "localPostgres", postgres);
    found.put("spring.datasource.url", postgres.jdbcUrl());
    found.put("spring.datasource.username", postgres.username());
    found.put("spring.datasource.password", postgres.password());
  }

  private static void startKubernetes(ConfigurableApplicationContext context, ConfigurableEnvironment environment,
      Map<String, Object> found) {
    var kubernetes = LocalKubernetes.start(new LocalKubernetes.Settings(
        port(environment, "kubernetes", 16443),
        duration(environment, "job-duration", Duration.ofSeconds(2)),
        duration(environment, "ready-delay", Duration.ofSeconds(1))));
    closeWith(context, "localKubernetes", kubernetes);
    var kubeconfig = Path.of(environment.getProperty(LOCAL + "kubeconfig", "target/local/kubeconfig"));
    kubernetes.writeKubeconfig(kubeconfig);
    found.put("hyperfleet.kubernetes.kubeconfig", kubeconfig.toString());
  }

  private static boolean isSet(ConfigurableEnvironment environment, String key) {
    return !environment.getProperty(key, "").isBlank();
  }

  private static int port(ConfigurableEnvironment environment, String service, int standard) {
    return environment.getProperty(LOCAL + service + ".port", Integer.class, standard);
  }

  private static Duration duration(ConfigurableEnvironment environment, String key, Duration standard) {
    var text = environment.getProperty(LOCAL + key);
    return text == null ? standard : ApplicationConversionService.getSharedInstance().convert(text, Duration.class);
  }

  /** What is registered first is destroyed last: the services outlive the beans that use them. */
  private static void closeWith(ConfigurableApplicationContext context, String name, AutoCloseable service) {
    ((org.springframework.beans.factory.support.DefaultSingletonBeanRegistry) context.getBeanFactory())
        .registerDisposableBean(name, service::close);
    context.getBeanFactory().registerSingleton(name, service);
  }
}
