package io.hyperfleet.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The steps of one route in Mermaid's language: choices with their branches, filters, catches, and what comes after.
 */
final class StepPicture {

  private static final String OTHERWISE = "otherwise";

  private final StringBuilder picture = new StringBuilder("flowchart TD\n");

  private StepPicture() {}

  /** An arrow that still has to be drawn: where it begins, and what stands at it. */
  private record Open(String from, String label) {}

  static String of(RouteFile.Node route) {
    var drawn = new StepPicture();
    var from = (Map<?, ?>) route.settings().get("from");
    var start = drawn.node(from, "([", "])");
    drawn.steps(from.get("steps"), List.of(new Open(start, "")));
    return drawn.picture.toString();
  }

  private List<Open> steps(Object steps, List<Open> before) {
    var open = before;
    for (Object step : steps instanceof List<?> list ? list : List.of()) {
      for (var entry : ((Map<?, ?>) step).entrySet()) {
        open = step(String.valueOf(entry.getKey()), (Map<?, ?>) entry.getValue(), open);
      }
    }
    return open;
  }

  private List<Open> step(String word, Map<?, ?> settings, List<Open> before) {
    return switch (word) {
      case "choice" -> choice(settings, before);
      case "filter" -> filter(settings, before);
      case "doTry" -> doTry(settings, before);
      case "circuitBreaker", "loop" ->
        steps(settings.get("steps"), List.of(new Open(at(settings, before, "[/", "/]"), "")));
      case "stop" -> {
        at(settings, before, "([", "])");
        yield List.of();
      }
      default -> List.of(new Open(at(settings, before, "[", "]"), ""));
    };
  }

  private List<Open> choice(Map<?, ?> settings, List<Open> before) {
    var node = at(settings, before, "{", "}");
    var after = new ArrayList<Open>();
    for (Object item : settings.get("when") instanceof List<?> list ? list : List.of()) {
      var when = (Map<?, ?>) item;
      after.addAll(steps(when.get("steps"), List.of(new Open(node, String.valueOf(when.get("id"))))));
    }
    after.addAll(settings.get(OTHERWISE) instanceof Map<?, ?> otherwise
        ? steps(otherwise.get("steps"), List.of(new Open(node, OTHERWISE)))
        : List.of(new Open(node, OTHERWISE)));
    return after;
  }

  private List<Open> filter(Map<?, ?> settings, List<Open> before) {
    var node = at(settings, before, "{", "}");
    var after = new ArrayList<>(steps(settings.get("steps"), List.of(new Open(node, "yes"))));
    after.add(new Open(node, "no"));
    return after;
  }

  private List<Open> doTry(Map<?, ?> settings, List<Open> before) {
    var node = at(settings, before, "[/", "/]");
    var after = new ArrayList<>(steps(settings.get("steps"), List.of(new Open(node, ""))));
    for (Object item : settings.get("doCatch") instanceof List<?> list ? list : List.of()) {
      var caught = (Map<?, ?>) item;
      after.addAll(steps(caught.get("steps"), List.of(new Open(node, String.valueOf(caught.get("id"))))));
    }
    return after;
  }

  private String at(Map<?, ?> settings, List<Open> before, String left, String right) {
    var node = node(settings, left, right);
    before.forEach(open -> picture.append("  ").append(open.from()).append(" -->")
        .append(open.label().isEmpty() ? "" : "|" + open.label() + "|").append(' ').append(node).append('\n'));
    return node;
  }

  private String node(Map<?, ?> settings, String left, String right) {
    var id = String.valueOf(settings.get("id"));
    var text = new StringBuilder("<b>" + id + "</b>");
    if (settings.get("expression") instanceof Map<?, ?> expression
        && expression.get("constant") instanceof Map<?, ?> constant
        && id.startsWith("exit-")) {
      text.append("<br>").append(String.valueOf(constant.get("expression")).replace(", ", "<br>"));
    } else if (settings.get("description") != null) {
      text.append("<br>").append(settings.get("description"));
    } else if (settings.get("parameters") instanceof Map<?, ?> parameters && parameters.get("name") != null) {
      text.append("<br><i>").append(parameters.get("name")).append("</i>");
    }
    var name = id.replace('-', '_');
    picture.append("  ").append(name).append(left).append('"').append(text.toString().replace("\"", "#quot;"))
        .append('"').append(right)
        .append('\n');
    return name;
  }
}
