package io.hyperfleet.dryrun.input;

import io.hyperfleet.adapter.folder.YamlDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Positions of an input file's values, for messages. */
final class InputPlaces {

  private static final Set<Tag> TEXT = Set.of(Tag.STR, Tag.MERGE);
  private static final int LEVELS = 50;
  private static final int VALUES = 200_000;

  private final String file;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();
  private int values;

  private InputPlaces(String file) {
    this.file = file;
  }

  /**
   * The places of a document, its value still missing.
   *
   * @throws InputException when it has more than 50 levels or 200,000 values, aliases expanded
   */
  static YamlDocument of(String file, Node root) {
    var places = new InputPlaces(file);
    places.add("", root, 0);
    return new YamlDocument(file, null, places.lines, places.sources);
  }

  /** A value that is no file's, and stands on no line. */
  static YamlDocument nowhere(String source, Object value) {
    return new YamlDocument(source, value, Map.of("", 0), Map.of());
  }

  static YamlDocument withValue(YamlDocument places, Object value) {
    return new YamlDocument(places.file(), value, places.lines(), places.sources());
  }

  /** What stands below a key, as a document of its own. */
  static YamlDocument below(YamlDocument document, String key) {
    return below(document, key, ((Map<?, ?>) document.value()).get(key));
  }

  /** An item of a list, as a document of its own. */
  static YamlDocument below(YamlDocument document, int index) {
    return below(document, YamlDocument.child("", index), ((List<?>) document.value()).get(index));
  }

  private static YamlDocument below(YamlDocument document, String prefix, Object value) {
    return new YamlDocument(document.file(), value, below(document.lines(), prefix), below(document.sources(), prefix));
  }

  private static <T> Map<String, T> below(Map<String, T> places, String prefix) {
    Map<String, T> below = new HashMap<>();
    places.forEach((path, place) -> {
      if (path.startsWith(prefix)) {
        var rest = path.substring(prefix.length());
        if (rest.isEmpty() || rest.startsWith("[")) {
          below.put(rest, place);
        } else if (rest.startsWith(".")) {
          below.put(rest.substring(1), place);
        }
      }
    });
    return below;
  }

  private void add(String path, Node node, int level) {
    int line = node.getStartMark().getLine() + 1;
    if (level > LEVELS || ++values > VALUES) {
      throw new InputException(file + ":" + line + ": more than " + (level > LEVELS
          ? LEVELS + " levels"
          : VALUES + " values"));
    }
    lines.putIfAbsent(path, line);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key) || !TEXT.contains(key.getTag())) {
          throw new InputException(file + ":" + (tuple.getKeyNode().getStartMark().getLine() + 1)
              + (path.isEmpty() ? "" : ": " + path) + ": the key is not text; put it in quotes");
        }
        var at = YamlDocument.child(path, key.getValue());
        lines.putIfAbsent(at, key.getStartMark().getLine() + 1);
        add(at, tuple.getValueNode(), level + 1);
      }
    } else if (node instanceof SequenceNode sequence) {
      int index = 0;
      for (Node item : sequence.getValue()) {
        add(YamlDocument.child(path, index++), item, level + 1);
      }
    } else if (node instanceof ScalarNode scalar && !Tag.STR.equals(node.getTag())) {
      sources.putIfAbsent(path, scalar.getValue());
    }
  }
}
