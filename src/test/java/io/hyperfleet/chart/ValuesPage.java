package io.hyperfleet.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.docs.GeneratedPage;
import java.io.StringReader;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The table of a chart's values, from {@code values.yaml} and its comments that start with {@code --}. */
final class ValuesPage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringBuilder rows = new StringBuilder();
  private final Object defaults;

  private ValuesPage(String values) {
    this.defaults = new Yaml().load(values);
  }

  static String of(String values) {
    var page = new ValuesPage(values);
    var options = new LoaderOptions();
    options.setProcessComments(true);
    page.visit((MappingNode) new Yaml(options).compose(new StringReader(values)), "", page.defaults);
    return "| value | what | default |\n|---|---|---|\n" + page.rows;
  }

  private void visit(MappingNode map, String path, Object value) {
    for (NodeTuple entry : map.getValue()) {
      var key = ((ScalarNode) entry.getKeyNode()).getValue();
      var at = path.isEmpty() ? key : path + "." + key;
      var inner = ((Map<?, ?>) value).get(key);
      var text = text(entry.getKeyNode());
      boolean leaf = !(entry.getValueNode() instanceof MappingNode inside) || inside.getValue().isEmpty()
          || isFlow(inside);
      if (leaf || !text.isEmpty()) {
        rows.append("| `").append(at).append("` | ").append(text).append(" | ")
            .append(leaf ? "`" + json(inner) + "`" : "").append(" |\n");
      }
      if (!leaf) {
        visit((MappingNode) entry.getValueNode(), at, inner);
      }
    }
  }

  private static boolean isFlow(MappingNode node) {
    return node.getFlowStyle() == FlowStyle.FLOW;
  }

  private static String text(Node key) {
    var comments = key.getBlockComments();
    var text = comments == null
        ? ""
        : comments.stream().map(CommentLine::getValue).map(String::strip)
            .filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    return text.startsWith("-- ") ? GeneratedPage.cell(text.substring(3)) : "";
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value).replace("|", "\\|");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
