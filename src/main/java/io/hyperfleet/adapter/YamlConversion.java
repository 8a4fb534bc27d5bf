package io.hyperfleet.adapter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Plain data from nodes, aliases expanded and counted. */
final class YamlConversion extends SafeConstructor {
  private final Map<String, Integer> lines = new HashMap<>();
  private int values;

  YamlConversion(LoaderOptions options) {
    super(options);
  }

  /** Line by path. */
  Map<String, Integer> lines() {
    return lines;
  }

  Object convert(Node node, String path, int depth) throws InvalidYamlException {
    int line = node.getStartMark().getLine() + 1;
    lines.putIfAbsent(path, line);
    if (++values > YamlDocument.MAX_VALUES) {
      throw new InvalidYamlException(line, "more than " + YamlDocument.MAX_VALUES + " values");
    }
    if (depth > YamlDocument.MAX_DEPTH) {
      throw new InvalidYamlException(line, "nested deeper than " + YamlDocument.MAX_DEPTH + " levels");
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
    return scalar((ScalarNode) node, line);
  }

  private Map<String, Object> map(MappingNode mapping, String path, int depth) throws InvalidYamlException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = tuple.getKeyNode().getStartMark().getLine() + 1;
      String key = key(tuple.getKeyNode(), line);
      String at = YamlDocument.child(path, key);
      if (map.containsKey(key)) {
        throw new InvalidYamlException(line, "the key '" + at + "' is there twice");
      }
      lines.putIfAbsent(at, line);
      map.put(key, convert(tuple.getValueNode(), at, depth + 1));
    }
    return map;
  }

  private static String key(Node node, int line) throws InvalidYamlException {
    if (node instanceof ScalarNode scalar && Tag.MERGE.equals(node.getTag())) {
      throw new InvalidYamlException(line, "merge keys (" + scalar.getValue() + ") are not allowed");
    }
    if (node instanceof ScalarNode scalar && Tag.STR.equals(node.getTag())) {
      return scalar.getValue();
    }
    throw new InvalidYamlException(line, "a key that is not text; put it in quotes");
  }

  private Object scalar(ScalarNode node, int line) throws InvalidYamlException {
    if (Tag.TIMESTAMP.equals(node.getTag()) || Tag.STR.equals(node.getTag())) {
      return node.getValue();
    }
    Object value;
    try {
      value = constructObject(node);
    } catch (RuntimeException e) {
      throw new InvalidYamlException(line, "not a value: put it in quotes");
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value == null || value instanceof Long || value instanceof Double || value instanceof Boolean) {
      return value;
    }
    throw new InvalidYamlException(line, "a number that is too large, or no plain value; put it in quotes");
  }
}
