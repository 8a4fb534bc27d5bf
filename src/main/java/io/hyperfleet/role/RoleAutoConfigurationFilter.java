package io.hyperfleet.role;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Excludes auto-configurations: the database in processes without the API and the relay; Spring Boot's own security,
 * which would protect the management port with a generated password; tracing, Hawtio and page templates unless enabled;
 * and Camel's Kubernetes components if no route can use them.
 */
public class RoleAutoConfigurationFilter implements AutoConfigurationImportFilter, EnvironmentAware {

  private static final List<String> DATABASE = List.of(
      "org.springframework.boot.autoconfigure.jdbc.",
      "org.springframework.boot.autoconfigure.sql.init.",
      "org.springframework.boot.autoconfigure.transaction.",
      "org.springframework.boot.actuate.autoconfigure.jdbc.",
      "org.springframework.boot.actuate.autoconfigure.metrics.jdbc.",
      "org.apache.camel.component.sql.springboot.");

  /** The API's alone. */
  private static final List<String> MIGRATION = List.of(
      "org.springframework.boot.autoconfigure.flyway.",
      "org.springframework.boot.actuate.autoconfigure.flyway.");

  /** Some thirty of Camel's components: of the built-in routes those of adapters use one, an operator's may use any. */
  private static final List<String> COMPONENTS = List.of(
      "org.apache.camel.component.kubernetes.",
      "org.apache.camel.component.openshift.");

  private static final List<String> TRACING = List.of(
      "org.springframework.boot.actuate.autoconfigure.tracing.",
      "org.springframework.boot.actuate.autoconfigure.opentelemetry.",
      // Watches each request a second time: its metrics are our own.
      "org.springframework.boot.actuate.autoconfigure.observation.web.",
      "org.springframework.boot.actuate.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration");

  private static final List<String> SECURITY = List.of(
      "org.springframework.boot.autoconfigure.security.",
      "org.springframework.boot.actuate.autoconfigure.security.");

  /** Pages are the console's alone. */
  private static final List<String> PAGES = List.of("org.springframework.boot.autoconfigure.thymeleaf.");

  /** What belongs to the management port, and finds its way there without being configured beside the API too. */
  private static final String HAWTIO_SERVLETS = "io.hawt.springboot.HawtioManagementConfiguration";

  private static final List<String> HAWTIO = List.of("io.hawt.", "org.jolokia.");

  /** What puts our own chains of filters before servlets; the rest makes chains, users and passwords itself. */
  private static final String SECURITY_FILTER = "org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration";

  private Environment environment;

  /** Excluded auto-configurations by prefix, and exceptions by name. */
  static List<String> names() {
    return Stream.of(DATABASE, MIGRATION, COMPONENTS, TRACING, SECURITY, HAWTIO,
        List.of(HAWTIO_SERVLETS, SECURITY_FILTER)).flatMap(List::stream).toList();
  }

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
    Set<Role> roles = Roles.of(environment);
    boolean database = roles.contains(Role.API) || roles.contains(Role.OUTBOX);
    boolean api = roles.contains(Role.API);
    boolean console = roles.contains(Role.CONSOLE);
    boolean components = roles.contains(Role.ADAPTERS)
        || !environment.getProperty("hyperfleet.routes.location", "").isBlank();
    boolean tracing = environment.getProperty("hyperfleet.tracing.enabled", Boolean.class, false);
    boolean hawtio = environment.getProperty("hyperfleet.management.hawtio.enabled", Boolean.class, false);
    var matches = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      matches[i] = classes[i] == null || (api || !startsWithAny(classes[i], MIGRATION))
          && (database || !startsWithAny(classes[i], DATABASE))
          && (components || !startsWithAny(classes[i], COMPONENTS))
          && (console || !startsWithAny(classes[i], PAGES))
          && (tracing || !startsWithAny(classes[i], TRACING))
          && (hawtio && !classes[i].equals(HAWTIO_SERVLETS) || !startsWithAny(classes[i], HAWTIO))
          && ((api || console || hawtio) && classes[i].equals(SECURITY_FILTER) || !startsWithAny(classes[i], SECURITY));
    }
    return matches;
  }

  private static boolean startsWithAny(String className, List<String> prefixes) {
    return prefixes.stream().anyMatch(className::startsWith);
  }
}
