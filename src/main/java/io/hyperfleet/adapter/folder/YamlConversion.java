package io.hyperfleet.adapter.folder;

import io.hyperfleet.yaml.KubectlScalars;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Plain data from nodes, aliases expanded and counted. */
final class YamlConversion {
  private static final int SHOWN = 60;
  private static final String QUOTES = "; put it in quotes if it is text";

  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();
  private int values;

  /** Line by path. */
  Map<String, Integer> lines() {
    return lines;
  }

  /** Source text of scalars that are not text, by path. */
  Map<String, String> sources() {
    return sources;
  }

  Object convert(Node node, String path, int depth) throws InvalidYamlException {
    int line = node.getStartMark().getLine() + 1;
    lines.putIfAbsent(path, line);
    if (++values > YamlDocument.MAX_VALUES) {
      throw new InvalidYamlException(line, path, "more than " + YamlDocument.MAX_VALUES + " values");
    }
    if (depth > YamlDocument.MAX_DEPTH) {
      throw new InvalidYamlException(line, path, "nested deeper than " + YamlDocument.MAX_DEPTH + " levels");
    }
    if (node instanceof MappingNode mapping) {
      return map(mapping, path, depth);
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> list = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        list.add(convert(item, YamlDocument.child(path, list.size()), depth + 1));
      }
      return list;
    }
    return scalar((ScalarNode) node, path, line);
  }

  private Map<String, Object> map(MappingNode mapping, String path, int depth) throws InvalidYamlException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = tuple.getKeyNode().getStartMark().getLine() + 1;
      String key = key(tuple.getKeyNode(), path, line);
      String at = YamlDocument.child(path, key);
      if (map.containsKey(key)) {
        throw new InvalidYamlException(line, path, "duplicate key '" + at + "'");
      }
      lines.putIfAbsent(at, line);
      map.put(key, convert(tuple.getValueNode(), at, depth + 1));
    }
    return map;
  }

  private static String key(Node node, String path, int line) throws InvalidYamlException {
    if (node instanceof ScalarNode scalar && Tag.MERGE.equals(node.getTag())) {
      throw new InvalidYamlException(line, path, "merge keys (" + scalar.getValue() + ") are not allowed");
    }
    if (node instanceof ScalarNode scalar) {
      if (Tag.STR.equals(node.getTag())) {
        return text(scalar.getValue(), path, line);
      }
      throw new InvalidYamlException(line, YamlDocument.child(path, scalar.getValue()), "the key is not text ("
          + shown(scalar.getValue()) + " is a number, a boolean or null in YAML); put it in quotes");
    }
    throw new InvalidYamlException(line, path, "the key is not text; put it in quotes");
  }

  private Object scalar(ScalarNode node, String path, int line) throws InvalidYamlException {
    if (Tag.STR.equals(node.getTag()) || Tag.MERGE.equals(node.getTag())) {
      return text(node.getValue(), path, line);
    }
    String source = node.getValue();
    sources.putIfAbsent(path, source);
    Object value = KubectlScalars.value(source);
    if (value instanceof BigInteger number) {
      if (new BigDecimal(number.doubleValue()).toBigInteger().equals(number)) {
        return number.doubleValue();
      }
      throw new InvalidYamlException(line, path, "number too large (" + shown(source)
          + "): whole numbers must fit into 64 bits, others must not lose digits" + QUOTES);
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw new InvalidYamlException(line, path, shown(source) + " is not finite; JSON has no such number" + QUOTES);
    }
    if (value instanceof Double number && number == 0 && source.split("[eE]")[0].matches(".*[1-9].*")) {
      throw new InvalidYamlException(line, path, "number too small (" + shown(source)
          + ") for a double of 64 bits" + QUOTES);
    }
    return value;
  }

  /** An unpaired surrogate cannot be encoded. */
  private static String text(String text, String path, int line) throws InvalidYamlException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidYamlException(line, path,
          "text with an unpaired surrogate; only complete characters are allowed");
    }
    return text;
  }

  private static String shown(String source) {
    return source.length() <= SHOWN ? source : source.substring(0, SHOWN) + "...";
  }
}
