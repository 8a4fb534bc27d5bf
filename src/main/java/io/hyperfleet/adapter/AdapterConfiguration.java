package io.hyperfleet.adapter;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.broker.Subscriptions;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.metric.RunningComponent;
import io.hyperfleet.policy.ManifestPolicy;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.policy.PolicyProperties;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The adapters of this process and what their routes call. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.ADAPTERS)
class AdapterConfiguration {

  /** What the folders hold at the start. A broken built-in adapter stops it, a broken folder of the directory does not. */
  @Bean
  AdapterCatalog adapterCatalog(AdapterLoader loader, AdapterProperties properties) {
    var catalog = loader.load().orThrowForBuiltIn();
    // Without the directory, nobody can say which names there will be.
    if (catalog.source().listing().readable()) {
      var known = catalog.names();
      for (String name : properties.enabled()) {
        if (!known.contains(name)) {
          throw new IllegalArgumentException("hyperfleet.adapters.enabled: there is no adapter '" + name
              + "', known are " + String.join(", ", known));
        }
      }
    }
    return catalog;
  }

  /** The built-in adapters of this process that no folder replaces; {@link AdapterReload} adds the others to them. */
  @Bean
  AdapterRegistry adapterRegistry(AdapterCatalog catalog, AdapterProperties properties) {
    var definitions = new LinkedHashMap<>(catalog.builtIn().definitions());
    definitions.values().removeIf(definition -> !properties.runs(definition.name())
        || catalog.definitions().get(definition.name()) != definition);
    return new AdapterRegistry(definitions, catalog.builtIn().definitions());
  }

  @Bean
  AdapterEvents adapterEvents(AdapterRegistry adapters) {
    return new AdapterEvents(adapters);
  }

  @Bean
  AdapterKinds adapterKinds(Kinds kinds) {
    return new AdapterKinds(kinds);
  }

  @Bean
  FleetApi fleetApi(AdapterKinds kinds) {
    return new FleetApi(kinds);
  }

  @Bean
  AdapterRuntime adapterRuntime(AdapterRegistry adapters, AdapterMonitor monitor) {
    return new AdapterRuntime(adapters, monitor);
  }

  @Bean
  Freshness adapterFreshness(AdapterProperties properties) {
    return new Freshness(properties.fresh());
  }

  @Bean
  ManifestRules manifestRules(PolicyProperties properties) {
    return new ManifestRules(new ManifestPolicy(properties));
  }

  @Bean
  Manifests manifests(ManifestRules rules) {
    return new Manifests(rules);
  }

  @Bean
  JobWorkload jobWorkload(KubernetesClient kubernetes) {
    return new JobWorkload(new WorkloadFailures(kubernetes), kubernetes.getKubernetesSerialization());
  }

  @Bean
  JobRetries jobRetries(KubernetesClient kubernetes) {
    return new JobRetries(kubernetes);
  }

  @Bean
  JobLaunches jobLaunches() {
    return new JobLaunches();
  }

  @Bean
  WorkloadProgress workloadProgress(KubernetesClient kubernetes) {
    return new WorkloadProgress(kubernetes);
  }

  @Bean
  ResourceWorkload resourceWorkload(KubernetesClient kubernetes) {
    return new ResourceWorkload(kubernetes);
  }

  @Bean
  ResourceDiscovery resourceDiscovery(KubernetesClient kubernetes) {
    return new ResourceDiscovery(kubernetes);
  }

  @Bean
  WorkloadDeletion workloadDeletion(KubernetesClient kubernetes, AdapterProperties properties, MeterRegistry meters) {
    return new WorkloadDeletion(kubernetes, properties.jobHistory(), new DeletionMeters(meters));
  }

  @Bean
  StatusReports statusReports() {
    return new StatusReports(Clock.systemUTC());
  }

  @Bean
  AdapterMonitor adapterMonitor(MeterRegistry meters, Subscriptions subscriptions, AdapterRegistry adapters) {
    return new AdapterMonitor(meters, subscriptions, adapters);
  }

  @Bean
  RunningComponent runningAdapters(AdapterRegistry adapters) {
    return new RunningComponent(Metric.ADAPTER_BUILD_INFO, Metric.ADAPTER_UP,
        () -> adapters.all().stream().map(AdapterDefinition::name).toList());
  }

  @Bean
  AdapterFailures adapterFailures(AdapterMonitor monitor) {
    return new AdapterFailures(monitor);
  }
}
