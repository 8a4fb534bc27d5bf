package io.hyperfleet.route;

import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** An invalid route file; the message has file, line, problem and what is allowed. */
public class BrokenRouteFileException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Where Camel's YAML readers end their message with the place and the text around it. */
  private static final Pattern PLACE = Pattern.compile("(?s)\\s+in '?[^,\\n]*, line (\\d+), column \\d+:.*");

  /** A problem that Camel does not detect. */
  BrokenRouteFileException(Resource file, int line, String problem) {
    super(place(file, line) + problem);
  }

  /** Invalid YAML. */
  BrokenRouteFileException(Resource file, MarkedYAMLException cause) {
    super(place(file, cause.getProblemMark() == null ? 0 : cause.getProblemMark().getLine() + 1) + cause.getProblem(),
        cause);
  }

  /** A problem that Camel detects. */
  BrokenRouteFileException(Resource file, Exception cause) {
    super(describe(file, String.valueOf(cause.getMessage())), cause);
  }

  private static String describe(Resource file, String message) {
    var place = PLACE.matcher(message);
    if (!place.find()) {
      return place(file, 0) + RouteWords.explain(message);
    }
    return place(file, Integer.parseInt(place.group(1))) + RouteWords.explain(message.substring(0, place.start()));
  }

  private static String place(Resource file, int line) {
    return "Cannot load the route file " + path(file) + (line > 0 ? ":" + line : "") + ": ";
  }

  private static String path(Resource file) {
    try {
      return file.isFile() ? file.getFile().getPath() : file.getURL().toString();
    } catch (IOException e) {
      return file.getDescription();
    }
  }
}
