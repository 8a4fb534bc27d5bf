package io.hyperfleet.dryrun.convert;

import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.yaml.KubectlYaml;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The files of an adapter of HyperFleet's Go framework: its task configuration, its deployment configuration where
 * there is one, and the files that they refer to. Those of before v0.2.0, with {@code apiVersion}, {@code spec} and
 * camel case, are read as the later ones.
 */
final class UpstreamFiles {

  private static final Set<String> TASK = Set.of("params", "preconditions", "resources", "post");
  private static final Set<String> DEPLOYMENT = Set.of("adapter", "clients", "log", "debug_config");
  /** What an author named stays as it is. */
  private static final Set<String> OPAQUE = Set.of("manifest", "build", "label_selector", "labelSelector", "value",
      "values", "default");
  /** A file that is meant to be one of the two, however broken it is. */
  private static final Pattern TASK_TEXT = Pattern
      .compile("(?m)^(params|preconditions|resources|post|adapter|clients):");
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

  private final Path directory;
  private final Map<String, Object> task;
  private final Map<String, Object> deployment;

  private UpstreamFiles(Path directory, Map<String, Object> task, Map<String, Object> deployment) {
    this.directory = directory;
    this.task = task;
    this.deployment = deployment;
  }

  /**
   * Reads a folder.
   *
   * @throws InputException when there is not exactly one task configuration in it, or a file cannot be read
   */
  static UpstreamFiles read(Path directory) {
    var tasks = new LinkedHashMap<Path, Map<String, Object>>();
    Map<String, Object> deployment = Map.of();
    for (Path file : yamlFiles(directory)) {
      var content = flat(load(file));
      if (content.keySet().stream().anyMatch(TASK::contains) && TASK.containsAll(without(content, DEPLOYMENT))) {
        tasks.put(file, content);
      }
      if (content.containsKey("clients") || content.get("adapter") instanceof Map<?, ?>) {
        deployment = content;
      }
    }
    if (tasks.size() != 1) {
      throw new InputException(directory + ": " + (tasks.isEmpty()
          ? "no task configuration found, which is a YAML file with params, preconditions, resources or post"
          : "several task configurations found, import each from its own folder: "
              + String.join(", ", tasks.keySet().stream().map(path -> path.getFileName().toString()).toList())));
    }
    return new UpstreamFiles(directory, tasks.values().iterator().next(), deployment);
  }

  private static List<String> without(Map<String, Object> content, Set<String> more) {
    return content.keySet().stream().filter(key -> !more.contains(key)).toList();
  }

  private static List<Path> yamlFiles(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().matches(".*\\.ya?ml")).filter(Files::isRegularFile)
          .sorted().toList();
    } catch (IOException e) {
      throw new InputException(directory + ": not a readable folder; give the one with the adapter's task "
          + "configuration",
          e);
    }
  }

  private static Map<String, Object> load(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read as text", e);
    }
    try {
      // Manifests with template actions need not be YAML; they are neither of the two files.
      return map(textKeys(file, KubectlYaml.reader(KubectlYaml.FILE).load(new StringReader(text))));
    } catch (YAMLException e) {
      if (TASK_TEXT.matcher(text).find()) {
        throw new InputException(file + ": not valid YAML: " + e.getMessage().lines().findFirst().orElse(""), e);
      }
      return Map.of();
    }
  }

  /** The same with text for each key; {@link InputException} where one is a map or a list. */
  private static Object textKeys(Object file, Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(item -> textKeys(file, item)).collect(Collectors.toList());
    }
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> result = new LinkedHashMap<>();
    map.forEach((key, item) -> {
      if (key instanceof Map || key instanceof List) {
        throw new InputException(file + ": has a map or a list as the key " + key + "; keys must be text");
      }
      result.put(String.valueOf(key), textKeys(file, item));
    });
    return result;
  }

  private static Map<String, Object> flat(Map<String, Object> content) {
    if (!(content.get("spec") instanceof Map<?, ?> spec)
        || !String.valueOf(content.get("kind")).startsWith("Adapter")) {
      return content;
    }
    Map<String, Object> flat = new LinkedHashMap<>(map(snake(spec)));
    flat.keySet().retainAll(Set.of("params", "preconditions", "resources", "post", "clients", "adapter"));
    if (content.get("metadata") instanceof Map<?, ?> metadata) {
      Map<String, Object> adapter = new LinkedHashMap<>(map(flat.get("adapter")));
      adapter.put("name", metadata.get("name"));
      flat.put("adapter", adapter);
    }
    return flat;
  }

  private static Object snake(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(UpstreamFiles::snake).toList();
    }
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> result = new LinkedHashMap<>();
    map.forEach((key, item) -> {
      var name = String.valueOf(key);
      result.put(
          name.equals("propagationPolicy") ? name : HUMP.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT),
          OPAQUE.contains(name) ? item : snake(item));
    });
    return result;
  }

  /** The adapter's name where one of the files says it; else null. */
  String name() {
    return map(deployment.get("adapter")).get("name") instanceof String name
        ? name
        : map(task.get("adapter")).get("name") instanceof String name ? name : null;
  }

  /** The subscription that it receives from; null where it is not said. */
  String subscription() {
    return map(map(deployment.get("clients")).get("broker")).get("subscription_id") instanceof String id ? id : null;
  }

  /** A value of the deployment configuration, by the path after {@code config.}; null if absent. */
  Object config(String path) {
    Object value = deployment;
    for (String key : path.split("\\.")) {
      value = map(value).get(key);
    }
    return value;
  }

  List<Map<String, Object>> list(String key) {
    return maps(task.get(key));
  }

  Map<String, Object> post() {
    return map(task.get("post"));
  }

  /**
   * The text of a file that is referred to, which an absolute path of the deployment names by its last part.
   *
   * @throws InputException when it is not in the folder
   */
  String referred(String path) {
    var file = directory.resolve(path.startsWith("/") ? Path.of(path).getFileName() : Path.of(path)).normalize();
    if (!file.startsWith(directory.normalize())) {
      throw new InputException(directory + ": refers to " + path + ", which is outside the folder");
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read; the task configuration refers to it by ref: " + path, e);
    }
  }

  static List<Map<String, Object>> maps(Object value) {
    var maps = new ArrayList<Map<String, Object>>();
    if (value instanceof List<?> list) {
      list.forEach(item -> maps.add(map(item)));
    }
    return maps;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The YAML of a referenced file; {@link InputException} if it is not YAML. */
  Map<String, Object> referredYaml(String path) {
    try {
      return map(textKeys(path, KubectlYaml.reader(KubectlYaml.FILE).load(referred(path))));
    } catch (YAMLException e) {
      throw new InputException(path + ": not valid YAML: " + e.getMessage().lines().findFirst().orElse(""), e);
    }
  }

  static String text(Object value) {
    return value == null ? "" : String.valueOf(value);
  }
}
