package io.hyperfleet.route;

import java.nio.file.Path;
import org.springframework.core.io.FileSystemResource;

/** A route file of {@code hyperfleet.routes.location}: what is wrong with it is its author's to mend. */
final class OperatorRouteFile extends FileSystemResource {

  OperatorRouteFile(Path file) {
    super(file);
  }
}
