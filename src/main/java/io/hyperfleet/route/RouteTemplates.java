package io.hyperfleet.route;

import io.hyperfleet.yaml.KubectlYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * The route templates in route files, read before Camel loads the files.
 *
 * @param byId the templates by their ids
 */
public record RouteTemplates(Map<String, Template> byId) {

  /** The parameter that marks a template for adapters; its default value names what they create. */
  public static final String WORKLOAD = "workload";

  private static final String TEMPLATE = "routeTemplate";

  /**
   * A route template.
   *
   * @param file where it is defined
   * @param line where its entry begins, or 0
   * @param parameters its parameters -> their default values, empty for those without
   * @param from the endpoint from which its routes take messages, where that is {@code direct}: the name; else empty
   */
  public record Template(Resource file, int line, Map<String, String> parameters, String from) {

    /** What refuses the template. */
    public BrokenRouteFileException refused(String problem) {
      return new BrokenRouteFileException(file, line, problem);
    }
  }

  /**
   * Reads the templates of some files.
   *
   * @throws BrokenRouteFileException when one of the operator's files is no list of routes and their like
   * @throws IOException when one cannot be read
   */
  public static RouteTemplates of(List<Resource> files) throws IOException {
    Map<String, Template> templates = new LinkedHashMap<>();
    for (Resource file : files) {
      var content = file.getContentAsString(StandardCharsets.UTF_8);
      var lines = file instanceof OperatorRouteFile ? RouteEntries.check(file, content) : List.<Integer>of();
      // Most files hold no template, and a large one takes its time.
      if (content.contains(TEMPLATE) && entries(file, content) instanceof List<?> entries) {
        for (int i = 0; i < entries.size(); i++) {
          int line = i < lines.size() ? lines.get(i) : 0;
          field(entries.get(i), TEMPLATE).ifPresent(template -> field(template, "id").ifPresent(id -> templates
              .put(id.toString(), new Template(file, line, parameters(template), from(template)))));
        }
      }
    }
    return new RouteTemplates(templates);
  }

  private static Object entries(Resource file, String content) {
    try {
      return KubectlYaml.reader(KubectlYaml.FILE).load(content);
    } catch (MarkedYAMLException e) {
      throw new BrokenRouteFileException(file, e);
    }
  }

  private static Map<String, String> parameters(Object template) {
    Map<String, String> values = new HashMap<>();
    if (field(template, "parameters").orElse(null) instanceof List<?> parameters) {
      parameters.forEach(parameter -> field(parameter, "name").ifPresent(
          name -> values.put(name.toString(), field(parameter, "defaultValue").map(Object::toString).orElse(""))));
    }
    return Map.copyOf(values);
  }

  private static String from(Object template) {
    var from = field(template, "route").flatMap(route -> field(route, "from"));
    var uri = from.flatMap(input -> field(input, "uri")).map(Object::toString).orElse("");
    return uri.equals("direct")
        ? from.flatMap(input -> field(input, "parameters")).flatMap(named -> field(named, "name"))
            .map(Object::toString).orElse("")
        : uri.startsWith("direct:") ? uri.substring("direct:".length()) : "";
  }

  private static Optional<Object> field(Object node, String key) {
    return node instanceof Map<?, ?> map ? Optional.ofNullable(map.get(key)) : Optional.empty();
  }
}
