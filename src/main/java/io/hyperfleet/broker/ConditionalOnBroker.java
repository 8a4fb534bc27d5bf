package io.hyperfleet.broker;

import io.hyperfleet.role.Role;
import io.hyperfleet.role.Roles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * For processes that use Pub/Sub: those with a role that needs it, and a Sentinel if an operator's route uses it.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnBroker.Wanted.class)
@interface ConditionalOnBroker {

  /** Roles that reach the broker by themselves. */
  Role[] value();

  /** Checks the roles, then the operator's routes. */
  final class Wanted implements Condition {

    private static final String COMPONENT = "google-pubsub";
    private static final String ROUTES = ".camel.yaml";

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      var wanted = (Role[]) metadata.getAnnotationAttributes(ConditionalOnBroker.class.getName()).get("value");
      var roles = Roles.of(context.getEnvironment());
      return Set.of(wanted).stream().anyMatch(roles::contains)
          || roles.contains(Role.SENTINEL) && askedFor(context.getEnvironment());
    }

    private static boolean askedFor(Environment environment) {
      var location = environment.getProperty("hyperfleet.routes.location", "");
      if (location.isBlank() || !Files.isDirectory(Path.of(location))) {
        return false;
      }
      try (var files = Files.list(Path.of(location))) {
        return files.filter(file -> file.getFileName().toString().endsWith(ROUTES)).anyMatch(Wanted::mentions);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean mentions(Path file) {
      try {
        return Files.readString(file).contains(COMPONENT);
      } catch (IOException e) {
        throw new UncheckedIOException(file + ": cannot be read", e);
      }
    }
  }
}
