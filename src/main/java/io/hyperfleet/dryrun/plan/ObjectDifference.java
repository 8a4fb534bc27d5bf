package io.hyperfleet.dryrun.plan;

import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The differences between the objects of two renderings.
 *
 * @param shape paths of the differences, without values: the same for resources that are affected alike
 * @param example the same with truncated values
 * @param changed names of the manifests whose objects differ or are new
 */
record ObjectDifference(List<String> shape, List<String> example, List<String> changed) {

  private static final int LONGEST = 80;
  private static final int MOST_PATHS = 20;
  private static final String SECRET = "Secret";

  /** Whether they are the same. */
  boolean isEmpty() {
    return shape.isEmpty();
  }

  static ObjectDifference of(List<RenderedManifest> before, List<RenderedManifest> after) {
    var difference = new ObjectDifference(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    var old = byName(before);
    var now = byName(after);
    now.forEach((name, object) -> difference.compare(name, old.get(name), object));
    old.forEach((name, object) -> {
      if (!now.containsKey(name)) {
        difference.add(title(name, object) + ": no longer made");
      }
    });
    return difference;
  }

  private static Map<String, Map<String, Object>> byName(List<RenderedManifest> objects) {
    var byName = new LinkedHashMap<String, Map<String, Object>>();
    objects.forEach(object -> byName.put(object.name(), object.object()));
    return byName;
  }

  private static String title(String name, Map<String, Object> object) {
    return name + " (" + object.get("kind") + ")";
  }

  private void add(String line) {
    shape.add(line);
    example.add(line);
  }

  private void compare(String name, Map<String, Object> before, Map<String, Object> after) {
    if (before == null) {
      changed.add(name);
      add(title(name, after) + ": new");
    } else if (!Objects.equals(before, after)) {
      var changes = new LinkedHashMap<String, String>();
      new Walk(SECRET.equals(before.get("kind")) || SECRET.equals(after.get("kind")), changes).values("", "", before,
          after);
      if (!changes.isEmpty()) {
        changed.add(name);
        var paths = new TreeSet<String>();
        changes.keySet().forEach(path -> paths.add(path.replaceAll("\\[\\d+]", "[]")));
        shape.add(title(name, after) + ": " + String.join(", ", paths.stream().limit(MOST_PATHS).toList())
            + (paths.size() > MOST_PATHS ? " and " + (paths.size() - MOST_PATHS) + " more" : ""));
        changes.entrySet().stream().limit(MOST_PATHS)
            .forEach(change -> example.add(title(name, after) + ": " + change.getKey() + ": " + change.getValue()));
      }
    }
  }

  /** Collects differences by path. */
  private record Walk(boolean secret, Map<String, String> changes) {

    void values(String path, String key, Object before, Object after) {
      if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
        var keys = new TreeSet<String>();
        old.keySet().forEach(name -> keys.add((String) name));
        now.keySet().forEach(name -> keys.add((String) name));
        keys.forEach(name -> values(path.isEmpty() ? named(name) : path + "." + named(name), name,
            old.containsKey(name) ? old.get(name) : Absent.VALUE,
            now.containsKey(name) ? now.get(name) : Absent.VALUE));
      } else if (before instanceof List<?> old && after instanceof List<?> now && old.size() == now.size()) {
        for (int i = 0; i < old.size(); i++) {
          values(path + "[" + i + "]", key, old.get(i), now.get(i));
        }
      } else if (!same(before, after)) {
        changes.put(path, secret && !path.startsWith("metadata.") && !path.equals("kind")
            ? "(a Secret's values are not shown)"
            : text(before) + " -> " + text(after));
      }
    }

    /** Keys with a dot, as of annotations, are one step. */
    private static String named(String key) {
      return key.contains(".") || key.contains("[") ? "'" + key + "'" : key;
    }

    private static boolean same(Object before, Object after) {
      return Objects.equals(before, after) || before instanceof Number one && after instanceof Number other
          && one.doubleValue() == other.doubleValue();
    }

    private static String text(Object value) {
      var text = value instanceof String word ? "\"" + word + "\"" : String.valueOf(value);
      return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
  }

  private enum Absent {
    VALUE;

    @Override
    public String toString() {
      return "(absent)";
    }
  }
}
