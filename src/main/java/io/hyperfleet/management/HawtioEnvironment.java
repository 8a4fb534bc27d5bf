package io.hyperfleet.management;

import io.hawt.web.auth.AuthenticationConfiguration;
import io.hawt.web.proxy.ProxyServlet;
import java.util.HashMap;
import java.util.Map;
import org.jolokia.server.core.config.ConfigKey;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Settings for Hawtio if it is enabled. They override everything else, so that no other key can remove the policy or
 * enable the proxy, through which one process could be made to call another.
 */
public class HawtioEnvironment implements EnvironmentPostProcessor, Ordered {

  private static final String EXPOSED = "management.endpoints.web.exposure.include";

  private static final Map<String, Object> SETTINGS = Map.of(
      "management.endpoint.hawtio.access", "unrestricted",
      "management.endpoint.jolokia.access", "unrestricted",
      jolokia(ConfigKey.POLICY_LOCATION), "classpath:/jolokia-access.xml",
      jolokia(ConfigKey.DISCOVERY_ENABLED), "false",
      jolokia(ConfigKey.ALLOW_ERROR_DETAILS), "false",
      jolokia(ConfigKey.INCLUDE_STACKTRACE), "false",
      AuthenticationConfiguration.HAWTIO_AUTHENTICATION_ENABLED, "false",
      ProxyServlet.HAWTIO_DISABLE_PROXY, "true",
      "spring.jmx.enabled", "true");

  @Override
  public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
    if (environment.getProperty(HawtioProperties.KEY + "enabled", Boolean.class, false)) {
      var settings = new HashMap<>(SETTINGS);
      settings.put(EXPOSED, environment.getProperty(EXPOSED, "") + ",hawtio,jolokia");
      environment.getPropertySources().addFirst(new MapPropertySource("hyperfleet-hawtio", settings));
    }
  }

  private static String jolokia(ConfigKey key) {
    return "management.endpoint.jolokia.config." + key.getKeyValue();
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
