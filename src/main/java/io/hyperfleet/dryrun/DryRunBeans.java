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
 * What a dry run is made of: the adapters' own beans and routes as an {@code adapters} process has them, and stand-ins
 * for what reaches outside. It is no configuration of the application, which does not scan for it. The keys are named,
 * for to look for them in all packages takes longer than everything else that Spring does here.
 */
@ComponentScan(basePackages = {"io.hyperfleet.adapter", "io.hyperfleet.cel", "io.hyperfleet.kind",
    "io.hyperfleet.route"}, excludeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = AdapterLoader.class))
@EnableConfigurationProperties({AdapterProperties.class, KindsProperties.class, PolicyProperties.class,
    RouteProperties.class})
class DryRunBeans {

  private static final int NO_RETRY = 0;
  /** For Kubernetes' client and for Apache's: waits until there is an answer. */
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
        // It speaks plain HTTP, and would read the certificates of all authorities.
        .withTrustCerts(true).build())
        .withKubernetesSerialization(new KubernetesSerialization(mapper.copy(), true)).build();
  }

  /** Stays closed, however many golden cases fail one after the other. */
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
