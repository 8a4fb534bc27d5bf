package io.hyperfleet.route;

import java.nio.file.Path;
import org.springframework.core.io.FileSystemResource;

/** A route file in {@code hyperfleet.routes.location}, whose problems its author can fix. */
final class OperatorRouteFile extends FileSystemResource {

  OperatorRouteFile(Path file) {
    super(file);
  }
}
