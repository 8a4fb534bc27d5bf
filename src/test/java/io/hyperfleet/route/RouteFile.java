package io.hyperfleet.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A route file as text and as plain maps and lists, for tests that look at how routes are written. */
record RouteFile(Path path, String text, List<Map<String, Object>> entries) {

  /** A step, a branch, a {@code from} or another node, with the word it stands under. */
  record Node(RouteFile file, String word, Map<?, ?> settings) {

    String id() {
      return String.valueOf(settings.get("id"));
    }

    String text(String key) {
      return settings.get(key) == null ? "" : String.valueOf(settings.get(key));
    }

    String parameter(String key) {
      return settings.get("parameters") instanceof Map<?, ?> parameters ? String.valueOf(parameters.get(key)) : "";
    }

    @Override
    public String toString() {
      return file.name() + ": " + word + " " + settings.get("id");
    }
  }

  static final Path FOLDER = Path.of("src/main/resources/routes");

  /** Every route file that is shipped. */
  static List<RouteFile> all() {
    return below(FOLDER, path -> true);
  }

  /** Every route file: those that are shipped, those of tests and of examples. */
  static List<RouteFile> everywhere() {
    return Stream.of(FOLDER, Path.of("src/test/resources"), Path.of("examples"))
        .flatMap(folder -> below(folder, path -> path.toString().endsWith(RouteFiles.SUFFIX)).stream()).toList();
  }

  private static List<RouteFile> below(Path folder, Predicate<Path> which) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).filter(which).sorted().map(RouteFile::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RouteFile read(Path path) {
    try {
      return of(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RouteFile of(Path path, String text) {
    return new RouteFile(path, text, new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
  }

  String name() {
    return path.getFileName().toString();
  }

  /** The top-level entries of a word, such as {@code route}. */
  List<Node> entries(String word) {
    return entries.stream().filter(entry -> entry.containsKey(word))
        .map(entry -> new Node(this, word, (Map<?, ?>) entry.get(word))).toList();
  }

  /** Every route: those that run and those inside templates. */
  List<Node> routes() {
    var routes = new ArrayList<>(entries("route"));
    entries("routeTemplate")
        .forEach(template -> routes.add(new Node(this, "route", (Map<?, ?>) template.settings().get("route"))));
    return routes;
  }

  /** Every step of the file, however deep; one that is not written as a map has no settings. */
  List<Node> steps() {
    var steps = new ArrayList<Node>();
    walk((word, value) -> {
      if (word.equals("steps")) {
        ((List<?>) value).forEach(step -> ((Map<?, ?>) step).forEach((name, settings) -> steps
            .add(new Node(this, (String) name, settings instanceof Map<?, ?> map ? map : Map.of()))));
      }
    });
    return steps;
  }

  /** Every branch of a choice and every catch. */
  List<Node> branches() {
    var branches = new ArrayList<Node>();
    walk((word, value) -> {
      if ((word.equals("when") || word.equals("doCatch")) && value instanceof List<?> list) {
        list.forEach(branch -> branches.add(new Node(this, word, (Map<?, ?>) branch)));
      }
    });
    return branches;
  }

  /** Every {@code from} and every {@code to}. */
  List<Node> endpoints(String word) {
    return nodes().stream().filter(node -> node.word().equals(word)).toList();
  }

  /** Everything that has settings, with the word before them. */
  List<Node> nodes() {
    var nodes = new ArrayList<Node>();
    walk((word, value) -> {
      if (value instanceof Map<?, ?> settings) {
        nodes.add(new Node(this, word, settings));
      }
    });
    return nodes;
  }

  /** What stands below a node, however deep, and has settings. */
  List<Node> below(Node node) {
    var nodes = new ArrayList<Node>();
    walk(node.settings(), (word, value) -> {
      if (value instanceof Map<?, ?> settings) {
        nodes.add(new Node(this, word, settings));
      }
    });
    return nodes;
  }

  /** Shows every key with its value. */
  void walk(BiConsumer<String, Object> visitor) {
    walk(entries, visitor);
  }

  private static void walk(Object value, BiConsumer<String, Object> visitor) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, child) -> {
        visitor.accept(String.valueOf(key), child);
        walk(child, visitor);
      });
    } else if (value instanceof List<?> list) {
      list.forEach(child -> walk(child, visitor));
    }
  }
}
