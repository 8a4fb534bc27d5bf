package io.hyperfleet.route;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Route files in addition to the built-in routes.
 *
 * @param location Directory with the operator's route files (*.camel.yaml), writable by operators only. A file replaces
 * the built-in file of the same name; any other file adds routes or templates. None by default.
 */
@ConfigurationProperties("hyperfleet.routes")
public record RouteProperties(Path location) {}
