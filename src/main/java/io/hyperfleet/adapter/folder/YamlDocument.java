package io.hyperfleet.adapter.folder;

import io.hyperfleet.yaml.KubectlYaml;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A YAML document as plain data, with the line of each key. Scalars are interpreted as by kubectl
 * ({@link io.hyperfleet.yaml.KubectlScalars}). The content is untrusted: tags, duplicate keys, keys that are not text,
 * merge keys, several documents, more than 50 aliases or 50 levels, more than 20,000 values, and numbers that fit
 * neither a long nor a double are rejected.
 *
 * @param value maps, lists, strings, longs, doubles, booleans and nulls
 * @param lines line by path, a path being {@code spec.containers[0].image}
 * @param sources source text of numbers, booleans and nulls, by path
 */
public record YamlDocument(String file, Object value, Map<String, Integer> lines, Map<String, String> sources) {

  /** Largest accepted file, in bytes. */
  static final int MAX_BYTES = 256 * 1024;
  static final int MAX_DEPTH = 50;
  static final int MAX_ALIASES = 50;
  static final int MAX_VALUES = 20_000;

  /**
   * Parses a file.
   *
   * @throws InvalidYamlException when it is rejected
   */
  public static YamlDocument parse(String file, byte[] bytes) throws InvalidYamlException {
    if (bytes.length > MAX_BYTES) {
      throw new InvalidYamlException(0, "the file is larger than " + MAX_BYTES / 1024 + " kB");
    }
    String text = decode(bytes);
    try {
      Yaml yaml = KubectlYaml.reader(MAX_BYTES);
      checkEvents(yaml.parse(new StringReader(text)));
      Node root = yaml.compose(new StringReader(text));
      if (root == null) {
        throw new InvalidYamlException(0, "the file is empty");
      }
      var conversion = new YamlConversion();
      Object value = conversion.convert(root, "", 0);
      return new YamlDocument(file, value, conversion.lines(), conversion.sources());
    } catch (MarkedYAMLException e) {
      throw new InvalidYamlException(e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1,
          "not valid YAML: " + (e.getContext() == null ? "" : e.getContext() + ", ") + e.getProblem());
    } catch (YAMLException e) {
      throw new InvalidYamlException(0, "not valid YAML: " + String.valueOf(e.getMessage()).lines().findFirst()
          .orElse(""));
    }
  }

  /**
   * A copy with whole numbers as in JSON, where {@code 1e3} and {@code 1.0} equal 1000 and 1.
   */
  public YamlDocument asJson() {
    return new YamlDocument(file, asJson(value), lines, sources);
  }

  private static Object asJson(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, asJson(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(asJson(item)));
      return copy;
    }
    return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE
        ? (Object) number.longValue()
        : value;
  }

  /** The line of a path, or of its nearest parent with a known line. */
  public int line(String path) {
    for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0,
        Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))))) {
      if (lines.containsKey(at)) {
        return lines.get(at);
      }
    }
    return lines.getOrDefault("", 1);
  }

  /** The path of a key below a path. */
  public static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The path of an item below a path. */
  public static String child(String path, int index) {
    return path + "[" + index + "]";
  }

  private static String decode(byte[] bytes) throws InvalidYamlException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidYamlException(0, "the file is not UTF-8 text");
    }
  }

  private static void checkEvents(Iterable<Event> events) throws InvalidYamlException {
    int depth = 0;
    int aliases = 0;
    int count = 0;
    for (Event event : events) {
      int line = event.getStartMark().getLine() + 1;
      if (++count > 2 * MAX_VALUES) {
        throw new InvalidYamlException(line, "more than " + MAX_VALUES + " values");
      }
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        throw new InvalidYamlException(line, "nested deeper than " + MAX_DEPTH + " levels");
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (event.is(Event.ID.Alias) && ++aliases > MAX_ALIASES) {
        throw new InvalidYamlException(line, "more than " + MAX_ALIASES + " aliases");
      }
      if (event instanceof ScalarEvent scalar && scalar.getTag() != null
          || event instanceof CollectionStartEvent start && start.getTag() != null) {
        throw new InvalidYamlException(line, "tags (!...) are not allowed");
      }
    }
  }
}
