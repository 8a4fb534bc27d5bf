package io.hyperfleet.role;

import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/** Keeps the database out of processes that have no use for one: only the API and the relay connect to it. */
public class RoleAutoConfigurationFilter implements AutoConfigurationImportFilter, EnvironmentAware {

  private static final List<String> DATABASE = List.of(
      "org.springframework.boot.autoconfigure.jdbc.",
      "org.springframework.boot.autoconfigure.flyway.",
      "org.springframework.boot.autoconfigure.sql.init.",
      "org.springframework.boot.autoconfigure.transaction.",
      "org.springframework.boot.actuate.autoconfigure.jdbc.",
      "org.springframework.boot.actuate.autoconfigure.flyway.",
      "org.springframework.boot.actuate.autoconfigure.metrics.jdbc.",
      "org.apache.camel.component.sql.springboot.");

  private Environment environment;

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
    Set<Role> roles = Roles.of(environment);
    boolean database = roles.contains(Role.API) || roles.contains(Role.OUTBOX);
    boolean migrates = roles.contains(Role.API);
    var matches = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      matches[i] = classes[i] == null
          || (migrates || !classes[i].contains(".flyway.")) && (database || !isDatabase(classes[i]));
    }
    return matches;
  }

  private static boolean isDatabase(String className) {
    return DATABASE.stream().anyMatch(className::startsWith);
  }
}
