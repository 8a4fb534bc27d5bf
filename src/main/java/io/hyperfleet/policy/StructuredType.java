package io.hyperfleet.policy;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Fields that hold others. */
final class StructuredType {

  private StructuredType() {}

  /** The path of a key below a path, as {@code spec.containers[0].name}. */
  static String child(String path, Object key) {
    String name = key instanceof Unknown ? "${...}" : String.valueOf(key);
    return path.isEmpty() ? name : path + "." + name;
  }

  /** A list; Kubernetes would take an item that is nothing for an empty one. */
  record ListOf(FieldType items) implements FieldType {
    @Override
    public void check(Object value, String path, List<ManifestProblem> found) {
      if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          items.check(list.get(i), path + "[" + i + "]", found);
        }
      } else if (value != Unknown.VALUE) {
        found.add(new ManifestProblem(path, "must be a list", null, value));
      }
    }
  }

  /** A map of any keys. */
  record MapOf(FieldType values) implements FieldType {
    @Override
    public void check(Object value, String path, List<ManifestProblem> found) {
      if (value instanceof Map<?, ?> map) {
        map.forEach((key, item) -> {
          checkKey(key, path, found);
          values.check(item, child(path, key), found);
        });
      } else if (value != Unknown.VALUE) {
        found.add(new ManifestProblem(path, "must be a map", null, value));
      }
    }
  }

  /** A map of certain keys; one without a value is as good as absent. */
  record ObjectOf(Supplier<Map<String, FieldType>> fields) implements FieldType {
    @Override
    public void check(Object value, String path, List<ManifestProblem> found) {
      if (value instanceof Map<?, ?> map) {
        map.forEach((key, item) -> {
          FieldType type = key instanceof Unknown ? ANYTHING : fields.get().get(key);
          if (type == null) {
            found.add(ManifestProblem.unknownField(child(path, key), String.valueOf(key), fields.get().keySet()));
          } else if (item != null) {
            type.check(item, child(path, key), found);
          }
        });
      } else if (value != Unknown.VALUE) {
        found.add(new ManifestProblem(path, "must be a map", null, value));
      }
    }
  }

  /** Whatever JSON has. */
  static final FieldType ANYTHING = new FieldType() {
    @Override
    public void check(Object value, String path, List<ManifestProblem> found) {
      if (value instanceof Map<?, ?> map) {
        map.forEach((key, item) -> {
          checkKey(key, path, found);
          check(item, child(path, key), found);
        });
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          check(list.get(i), path + "[" + i + "]", found);
        }
      } else if (value instanceof Number && !ScalarType.isFinite(value)) {
        found.add(new ManifestProblem(path, "must be a finite number", null, value));
      } else if (value != null && !(value instanceof String || value instanceof Boolean || value instanceof Number
          || value instanceof Unknown)) {
        found.add(
            new ManifestProblem(path, "must be a JSON value: a map, a list, text, a number, true, false or null", null,
                value));
      }
    }
  };

  private static void checkKey(Object key, String path, List<ManifestProblem> found) {
    if (!(key instanceof String || key instanceof Unknown)) {
      found.add(new ManifestProblem(child(path, key), "the key must be text", null, key));
    }
  }
}
