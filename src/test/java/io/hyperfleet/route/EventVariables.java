package io.hyperfleet.route;

import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.route.RouteFile.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Variable;

/** Which steps of the routes set which variable, and which predicates and methods read it. */
final class EventVariables {

  /** A step that sets a variable; {@code by} is the method that answers its value, where one does. */
  record Setter(Node step, String variable, Optional<Method> by) {

    String type() {
      return by.map(method -> method.getReturnType().getSimpleName()).orElse("text");
    }
  }

  /** A predicate or expression that reads a variable: the whole of it, or one of its fields. */
  record Reader(Node step, String variable, String field) {}

  /** What CEL sees without any step setting it. */
  static final Set<String> ALWAYS = Set.of("body", "error");

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern IN_JAVA = Pattern.compile("setVariable\\(\"(\\w+)\"");
  private static final Pattern PATH = Pattern.compile("(\\w+)(?:\\.\\??|\\[\\??')?(\\w*).*", Pattern.DOTALL);

  private final List<RouteFile> files;
  private final CelEngine engine = new CelEngine();
  private final Map<String, Class<?>> beans = beans();

  EventVariables(List<RouteFile> files) {
    this.files = files;
  }

  List<Setter> setters() {
    return files.stream().flatMap(file -> file.steps().stream()).filter(step -> step.word().equals("setVariable"))
        .map(step -> new Setter(step, step.text("name"), method(step))).toList();
  }

  /** The method that a step asks for a value. */
  private Optional<Method> method(Node step) {
    return step.settings().get("expression") instanceof Map<?, ?> expression
        && expression.get("method") instanceof Map<?, ?> call
            ? method(String.valueOf(call.get("ref")), String.valueOf(call.get("method")))
            : Optional.empty();
  }

  /** The method of a bean; absent where the bean is not named after its class. */
  private Optional<Method> method(String bean, String name) {
    return Optional.ofNullable(beans.get(bean))
        .map(type -> Arrays.stream(type.getMethods()).filter(method -> method.getName().equals(name)).findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(type.getSimpleName() + " has no public method '" + name + "'")));
  }

  /** What the expressions of a file's steps, branches and error handlers read. */
  List<Reader> readers() {
    var readers = new ArrayList<Reader>();
    for (RouteFile file : files) {
      file.nodes().forEach(node -> read(node, readers));
      file.walk((word, value) -> {
        if (Set.of("when", "doCatch", "onException").contains(word) && value instanceof List<?> list) {
          list.forEach(item -> read(branch(file, word, (Map<?, ?>) item), readers));
        }
      });
    }
    return readers.stream().distinct().toList();
  }

  private static Node branch(RouteFile file, String word, Map<?, ?> item) {
    return new Node(file, word, item.get("onException") instanceof Map<?, ?> inner ? inner : item);
  }

  private void read(Node node, List<Reader> readers) {
    for (String key : List.of("expression", "onWhen")) {
      cel(node.settings().get(key)).stream().flatMap(source -> engine.paths(source).stream()).map(PATH::matcher)
          .filter(Matcher::matches)
          .forEach(parts -> readers.add(new Reader(node, parts.group(1), parts.group(2))));
    }
  }

  private static Optional<String> cel(Object expression) {
    if (expression instanceof Map<?, ?> map && map.get("expression") instanceof Map<?, ?> inner
        && !map.containsKey("language")) {
      return cel(inner);
    }
    return expression instanceof Map<?, ?> map && map.get("language") instanceof Map<?, ?> language
        && "cel".equals(language.get("language"))
            ? Optional.of(String.valueOf(language.get("expression")))
            : Optional.empty();
  }

  /** The variables that methods called by a step take. */
  Map<Method, Set<String>> parameters() {
    var taken = new TreeMap<Method, Set<String>>((one, other) -> one.toString().compareTo(other.toString()));
    Stream.concat(setters().stream().flatMap(setter -> setter.by().stream()),
        files.stream().flatMap(file -> file.steps().stream()).filter(step -> step.word().equals("bean"))
            .flatMap(step -> method(step.text("ref"), step.text("method")).stream()))
        .forEach(method -> {
          var names = Arrays.stream(method.getParameters()).map(parameter -> parameter.getAnnotation(Variable.class))
              .filter(annotation -> annotation != null).map(Variable::value)
              .collect(Collectors.toCollection(TreeSet::new));
          taken.put(method, names);
        });
    return taken;
  }

  /** Variables that Java sets by name: consumers, and the beans of the roles that carry a batch. */
  static Set<String> setInJava() {
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      var names = new TreeSet<String>();
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        IN_JAVA.matcher(Files.readString(source)).results().forEach(match -> names.add(match.group(1)));
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The table of what the steps of some files set and who reads it. */
  String table() {
    var readers = readers();
    var rows = new StringBuilder("| step | sets | read by |\n|---|---|---|\n");
    for (Setter setter : setters()) {
      var reading = readers.stream().filter(reader -> reader.variable().equals(setter.variable()))
          .map(reader -> "`" + reader.step().id() + "`"
              + (reader.field().isEmpty() ? "" : " (`" + reader.field() + "`)"))
          .distinct().collect(Collectors.joining(", "));
      rows.append("| `").append(setter.step().id()).append("` in `")
          .append(setter.step().file().name().replace(".camel.yaml", ""))
          .append("` | `").append(setter.variable()).append("`: ").append(setter.type()).append(" | ").append(reading)
          .append(" |\n");
    }
    return rows.toString();
  }

  private static Map<String, Class<?>> beans() {
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      return sources.filter(path -> path.toString().endsWith(".java") && !path.endsWith("package-info.java"))
          .map(path -> SOURCES.relativize(path).toString().replace('/', '.').replaceFirst("\\.java$", ""))
          .collect(Collectors.toMap(EventVariables::beanName, EventVariables::load, (one, other) -> one));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String beanName(String type) {
    var simple = type.substring(type.lastIndexOf('.') + 1);
    return simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, EventVariables.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
