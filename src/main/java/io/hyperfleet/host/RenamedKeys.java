package io.hyperfleet.host;

import java.util.Map;
import org.apache.commons.logging.Log;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Accepts configuration keys under their previous names for one release, with a warning. If both names are set, the
 * property source of higher precedence wins, and within one source the new name.
 */
public class RenamedKeys implements EnvironmentPostProcessor, Ordered {

  /** Previous name -> name. */
  private static final Map<String, String> KEYS = Map.of(
      "hyperfleet.adapters.job-hint", "hyperfleet.adapters.object-hint");

  private final Log log;

  /** Called by Spring Boot before there is a log. */
  public RenamedKeys(DeferredLogFactory logs) {
    this.log = logs.getLog(RenamedKeys.class);
  }

  @Override
  public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
    KEYS.forEach((previous, name) -> {
      for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
        if (source.getConfigurationProperty(ConfigurationPropertyName.of(name)) != null) {
          return;
        }
        var property = source.getConfigurationProperty(ConfigurationPropertyName.of(previous));
        if (property != null) {
          log.warn(previous + " is deprecated: use " + name + " instead");
          environment.getPropertySources().addFirst(new MapPropertySource(previous, Map.of(name, property.getValue())));
          return;
        }
      }
    });
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
