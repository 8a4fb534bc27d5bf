package io.hyperfleet.route;

import io.hyperfleet.yaml.KubectlYaml;
import java.io.StringReader;
import java.util.List;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Checks the top level of a route file, where Camel silently ignores unknown entries. */
final class RouteEntries {

  private RouteEntries() {}

  /**
   * Rejects anything but a list of routes, templates and the like.
   *
   * @return the lines where its entries begin
   * @throws BrokenRouteFileException with the line
   */
  static List<Integer> check(Resource file, String content) {
    try {
      Node root = KubectlYaml.reader(KubectlYaml.FILE).compose(new StringReader(content));
      if (!(root instanceof SequenceNode list)) {
        throw new BrokenRouteFileException(file, root == null ? 0 : line(root),
            "a route file must be a list, such as '- route:' or '- routeTemplate:'");
      }
      list.getValue().forEach(entry -> checkEntry(file, entry));
      return list.getValue().stream().map(RouteEntries::line).toList();
    } catch (MarkedYAMLException e) {
      throw new BrokenRouteFileException(file, e);
    }
  }

  private static void checkEntry(Resource file, Node entry) {
    var allowed = RouteWords.entries();
    if (!(entry instanceof MappingNode map)) {
      throw new BrokenRouteFileException(file, line(entry), "not a map; allowed: " + String.join(", ", allowed));
    }
    for (NodeTuple tuple : map.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || !allowed.contains(key.getValue())) {
        throw new BrokenRouteFileException(file, line(tuple.getKeyNode()), "unknown entry"
            + (tuple.getKeyNode() instanceof ScalarNode named ? " '" + named.getValue() + "'" : "") + "; allowed: "
            + String.join(", ", allowed));
      }
    }
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
