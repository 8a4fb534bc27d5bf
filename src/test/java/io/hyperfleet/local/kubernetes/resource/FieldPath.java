package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a field is, in the notation of managed fields: {@code f:<field>}, {@code k:<keys of a list item>},
 * {@code v:<value in a set>}.
 */
public record FieldPath(List<String> steps) implements Comparable<FieldPath> {

  static final FieldPath ROOT = new FieldPath(List.of());

  FieldPath then(String step) {
    var longer = new ArrayList<>(steps);
    longer.add(step);
    return new FieldPath(List.copyOf(longer));
  }

  FieldPath field(String name) {
    return then("f:" + name);
  }

  boolean below(FieldPath other) {
    return steps.size() > other.steps.size() && steps.subList(0, other.steps.size()).equals(other.steps);
  }

  /** The field names alone, which is how merge rules are found. */
  List<String> names() {
    return steps.stream().filter(step -> step.startsWith("f:")).map(step -> step.substring(2)).toList();
  }

  /** As conflicts name it: {@code .spec.template.spec.containers[name="work"].image}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var step : steps) {
      var rest = step.substring(2);
      switch (step.charAt(0)) {
        case 'f' -> text.append('.').append(rest);
        case 'v' -> text.append("[=").append(rest).append(']');
        default -> {
          var keys = new ArrayList<String>();
          parse(rest).fields().forEachRemaining(key -> keys.add(key.getKey() + "=" + key.getValue()));
          text.append('[').append(String.join(",", keys)).append(']');
        }
      }
    }
    return text.toString();
  }

  @Override
  public int compareTo(FieldPath other) {
    for (Iterator<String> mine = steps.iterator(), theirs = other.steps.iterator(); mine.hasNext();) {
      var order = theirs.hasNext() ? mine.next().compareTo(theirs.next()) : 1;
      if (order != 0) {
        return order;
      }
    }
    return steps.size() - other.steps.size();
  }

  /** Writes paths as a {@code fieldsV1} tree; a dot marks an inner node that is a member itself. */
  static ObjectNode toFieldsV1(Set<FieldPath> paths) {
    var root = Json.object();
    for (var path : paths) {
      var node = root;
      for (var step : path.steps()) {
        node = Json.ensure(node, step);
      }
    }
    paths.forEach(path -> {
      var node = Json.ensure(root, path.steps().toArray(String[]::new));
      if (!node.isEmpty()) {
        node.putObject(".");
      }
    });
    return root;
  }

  static Set<FieldPath> ofFieldsV1(JsonNode tree) {
    var result = new TreeSet<FieldPath>();
    collect(tree, ROOT, result);
    return result;
  }

  private static void collect(JsonNode tree, FieldPath at, Set<FieldPath> result) {
    if ((tree.isEmpty() || tree.has(".")) && !at.steps().isEmpty()) {
      result.add(at);
    }
    tree.fields().forEachRemaining(child -> {
      if (!child.getKey().equals(".")) {
        collect(child.getValue(), at.then(child.getKey()), result);
      }
    });
  }

  private static JsonNode parse(String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
