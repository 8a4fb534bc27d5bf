package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.definition.AdapterProperties;
import io.hyperfleet.broker.Subscriptions;
import io.hyperfleet.kind.KindsProperties;
import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.policy.PolicyProperties;
import io.hyperfleet.route.RouteProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.apache.camel.support.DefaultRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.Environment;

/**
 * Beans of a dry run: the beans and routes of an {@code adapters} process, with stand-ins for other services. Not part
 * of the application's component scan. Configuration properties are listed, since scanning all packages takes longer
 * than everything else that Spring does here.
 */
@ComponentScan(basePackages = {"io.hyperfleet.adapter", "io.hyperfleet.cel", "io.hyperfleet.kind",
    "io.hyperfleet.route"}, excludeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = AdapterLoader.class))
@EnableConfigurationProperties({AdapterProperties.class, KindsProperties.class, PolicyProperties.class,
    RouteProperties.class})
class DryRunBeans {

  private static final int NO_RETRY = 0;
  /** For Kubernetes' client and Apache's: no time limit. */
  private static final int NO_TIMEOUT = 0;

  @Bean(destroyMethod = "close")
  StandInServer standInServer() {
    return new StandInServer();
  }

  @Bean(destroyMethod = "close")
  KubernetesClient kubernetesClient(StandInServer server, @Qualifier("longIntegers") ObjectMapper mapper) {
    return KubernetesClients.of(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
        .withMasterUrl(server.kubernetesUrl()).withRequestRetryBackoffLimit(NO_RETRY)
        .withConnectionTimeout(NO_TIMEOUT).withRequestTimeout(NO_TIMEOUT)
        // It uses plain HTTP; the default would read all CA certificates.
        .withTrustCerts(true).build())
        .withKubernetesSerialization(new KubernetesSerialization(mapper.copy(), true)).build();
  }

  /** Stays closed, even if many golden cases fail in a row. */
  @Bean
  CircuitBreaker kubernetesCircuit() {
    var circuit = CircuitBreaker.ofDefaults("kubernetes");
    circuit.transitionToDisabledState();
    return circuit;
  }

  @Bean
  Subscriptions subscriptions() {
    return new Subscriptions(Duration.ZERO);
  }

  @Bean
  DefaultHeaderFilterStrategy noHeaders() {
    return new DefaultHeaderFilterStrategy();
  }

  @Bean
  MeterRegistry meterRegistry() {
    return new SimpleMeterRegistry();
  }

  /** Stopped with the beans; started by {@link DryRun}, once its routes are there. */
  @Bean(destroyMethod = "stop")
  CamelContext camelContext(ApplicationContext beans, Environment environment, StandInServer server) {
    var context = new DefaultCamelContext(new DefaultRegistry(new ApplicationContextBeanRepository(beans)));
    context.disableJMX();
    context.getShutdownStrategy().setTimeout(1);
    context.addComponent("google-pubsub", new EventSource(context));
    var http = new HttpComponent();
    http.setAutomaticRetriesDisabled(true);
    http.setConnectionRequestTimeout(NO_TIMEOUT);
    http.setConnectTimeout(NO_TIMEOUT);
    http.setSoTimeout(NO_TIMEOUT);
    http.setResponseTimeout(NO_TIMEOUT);
    context.addComponent("http", http);
    context.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
      @Override
      public String getName() {
        return "environment";
      }

      @Override
      public String getProperty(String name) {
        return name.equals("hyperfleet.api.base-url") ? server.apiUrl() : environment.getProperty(name);
      }
    });
    return context;
  }
}
