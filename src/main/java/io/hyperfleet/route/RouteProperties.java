package io.hyperfleet.route;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where routes come from besides those built in.
 *
 * @param location Directory with route files of the operator (*.camel.yaml), writable by operators only. A file
 * replaces the built-in one of the same name, any other adds routes or templates. None by default.
 */
@ConfigurationProperties("hyperfleet.routes")
public record RouteProperties(Path location) {}
