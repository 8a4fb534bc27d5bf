package io.hyperfleet.role;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Opens only the ports that the roles need: without {@link Role#API} and {@link Role#CONSOLE} the process only has the
 * management server.
 */
public class RoleEnvironment implements EnvironmentPostProcessor, Ordered {

  private static final String MANAGEMENT_PORT = "management.server.port";

  @Override
  public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
    if (!Roles.haveAPort(environment)) {
      var port = environment.getRequiredProperty(MANAGEMENT_PORT);
      environment.getPropertySources().addFirst(
          new MapPropertySource("hyperfleet-roles", Map.of("server.port", port, MANAGEMENT_PORT, "")));
    }
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
