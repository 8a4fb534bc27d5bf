package io.hyperfleet.route;

import java.io.IOException;
import org.springframework.core.io.Resource;

/** A route file that Camel cannot load; the message names the file and, where Camel knows it, the line. */
public class BrokenRouteFileException extends IllegalStateException {

  BrokenRouteFileException(Resource file, Exception cause) {
    super("Cannot load the route file " + path(file) + ": " + cause.getMessage(), cause);
  }

  private static String path(Resource file) {
    try {
      return file.isFile() ? file.getFile().getPath() : file.getURL().toString();
    } catch (IOException e) {
      return file.getDescription();
    }
  }
}
