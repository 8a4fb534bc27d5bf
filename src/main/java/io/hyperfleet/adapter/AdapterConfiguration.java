package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterCatalog;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.definition.AdapterProperties;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.metric.RunningComponent;
import io.hyperfleet.policy.ManifestPolicy;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.policy.PolicyProperties;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.RouteProperties;
import java.util.LinkedHashMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the adapters of this process and of what their routes call. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.ADAPTERS)
class AdapterConfiguration {

  /** The templates that adapters may name. */
  @Bean
  AdapterTemplates adapterTemplates(RouteProperties routes) {
    return AdapterTemplates.in(routes.location());
  }

  /**
   * The adapters at the start. A broken built-in adapter aborts the start, a broken folder of the directory does not.
   */
  @Bean
  AdapterCatalog adapterCatalog(AdapterLoader loader, AdapterProperties properties) {
    var catalog = loader.load().orThrowForBuiltIn();
    // Without the directory, the names are unknown.
    if (catalog.source().listing().readable()) {
      var known = catalog.names();
      for (String name : properties.enabled()) {
        if (!known.contains(name)) {
          throw new IllegalArgumentException("hyperfleet.adapters.enabled: unknown adapter '" + name
              + "'; known: " + String.join(", ", known));
        }
      }
    }
    return catalog;
  }

  /** The built-in adapters of this process that no folder replaces; {@link AdapterReload} adds the others. */
  @Bean
  AdapterRegistry adapterRegistry(AdapterCatalog catalog, AdapterProperties properties) {
    var definitions = new LinkedHashMap<>(catalog.builtIn().definitions());
    definitions.values().removeIf(definition -> !properties.runs(definition.name())
        || catalog.definitions().get(definition.name()) != definition);
    return new AdapterRegistry(definitions, catalog.builtIn().definitions());
  }

  @Bean
  ManifestRules manifestRules(PolicyProperties properties) {
    return new ManifestRules(new ManifestPolicy(properties));
  }

  @Bean
  RunningComponent runningAdapters(AdapterRegistry adapters) {
    return new RunningComponent(Metric.ADAPTER_BUILD_INFO, Metric.ADAPTER_UP,
        () -> adapters.all().stream().map(AdapterDefinition::name).toList());
  }
}
