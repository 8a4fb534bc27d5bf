package io.hyperfleet.adapter;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterProperties;
import io.hyperfleet.adapter.workload.JobWorkload;
import io.hyperfleet.adapter.workload.ResourceDiscovery;
import io.hyperfleet.broker.Subscriptions;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelLanguage;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.kind.KindsProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.google.pubsub.GooglePubsubComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * A Camel with the shipped templates and nothing to reach: its routes are made, with their endpoints, as a process
 * makes them.
 */
public final class AdapterContext implements AutoCloseable {

  public final DefaultCamelContext camel = new DefaultCamelContext();
  public final AdapterRegistry adapters;
  final Subscriptions subscriptions = new Subscriptions(Duration.ofSeconds(5));
  public final AdapterRoutes routes;

  /**
   * Starts one.
   *
   * @param runs whether routes start, their consumers then being stand-ins
   */
  public AdapterContext(boolean runs, Map<String, AdapterDefinition> builtIn) throws Exception {
    adapters = new AdapterRegistry(builtIn, builtIn);
    var monitor = new AdapterMonitor(new SimpleMeterRegistry(), subscriptions, adapters);
    var properties = new AdapterProperties("", List.of(), true, Duration.ZERO, Duration.ofSeconds(15), Duration.ZERO);
    routes = new AdapterRoutes(adapters, new AdapterKinds(new Kinds(new KindsProperties(Map.of()))), properties,
        subscriptions, monitor);
    camel.disableJMX();
    camel.setAutoStartup(runs);
    camel.getShutdownStrategy().setTimeout(1);
    camel.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
    camel.addComponent("google-pubsub", runs ? new StandIn() : new GooglePubsubComponent());
    camel.addComponent("kubernetes-informer", new StandIn());
    camel.getPropertiesComponent().setInitialProperties(new java.util.Properties());
    camel.getPropertiesComponent().addInitialProperty("hyperfleet.broker.project-id", "project");
    camel.getRegistry().bind("cel-language", new CelLanguage(new CelEngine()));
    camel.getRegistry().bind("noHeaders", new DefaultHeaderFilterStrategy());
    camel.getRegistry().bind("kubernetesCircuit", CircuitBreaker.ofDefaults("kubernetes"));
    camel.getRegistry().bind("adapterEvents", new AdapterEvents(adapters));
    // Nothing asks it: what the templates call is looked up when they are made.
    var kubernetes = new KubernetesClientBuilder().build();
    camel.getRegistry().bind("jobWorkload", new JobWorkload(kubernetes));
    camel.getRegistry().bind("adapterRuntime", new AdapterRuntime(adapters, new Freshness(properties),
        new ResourceDiscovery(kubernetes), monitor));
    for (String file : List.of("job-adapter", "resource-adapter", "adapter-subscription", "adapter-hint")) {
      load(file, Files.readString(Path.of("src/main/resources/routes/adapters", file + ".camel.yaml")));
    }
    camel.start();
    routes.addTo(camel);
  }

  void load(String name, String text) throws Exception {
    PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(name + ".camel.yaml", text));
  }

  /** The ids of all routes and of all their steps, each as often as it is there. */
  public List<String> ids() {
    return camel.getRouteDefinitions().stream()
        .flatMap(route -> Stream.concat(Stream.of(route.getRouteId()), steps(route)))
        .toList();
  }

  private static Stream<String> steps(RouteDefinition route) {
    return org.apache.camel.model.ProcessorDefinitionHelper
        .filterTypeInOutputs(route.getOutputs(), org.apache.camel.model.ProcessorDefinition.class).stream()
        .map(step -> step.getNodePrefixId() + "-" + step.getId());
  }

  public Set<String> endpoints() {
    return camel.getEndpoints().stream().map(Endpoint::getEndpointUri).collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> routeIds() {
    return camel.getRouteDefinitions().stream().map(RouteDefinition::getRouteId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void close() {
    camel.stop();
  }

  /** Consumes nothing; whatever options it is given. */
  private static final class StandIn extends DefaultComponent implements Component {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
      parameters.clear();
      return new DefaultEndpoint(uri, this) {
        @Override
        public Producer createProducer() {
          throw new UnsupportedOperationException();
        }

        @Override
        public Consumer createConsumer(Processor processor) {
          return new DefaultConsumer(this, processor);
        }
      };
    }
  }
}
