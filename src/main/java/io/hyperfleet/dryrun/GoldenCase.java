package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.dryrun.input.InputFiles;
import io.hyperfleet.dryrun.input.ScenarioBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A golden case of an adapter: a folder with {@code in-*} files for the scenario and {@code out-*} files with the
 * expected output.
 *
 * <ul>
 * <li>{@code out-report}: the report, fields of it; {@code null} means that a field is absent
 * <li>{@code out-changes}: the changing requests to Kubernetes: verb, kind, namespace, name, status, message, object
 * <li>{@code out-preconditions}: each precondition's result by its name
 * <li>{@code out-problems}: the problems; without this file there must be none</ul>
 *
 * <p>Maps must contain the given entries, lists are compared in full, {@code ...} in text matches any text.
 */
final class GoldenCase {

  private static final String REPORT = "out-report";
  private static final String CHANGES = "out-changes";
  private static final String PRECONDITIONS = "out-preconditions";
  private static final String PROBLEMS = "out-problems";

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private final Path folder;

  GoldenCase(Path folder) {
    this.folder = folder;
  }

  /** The cases below a folder, in the order of their names. */
  static List<GoldenCase> below(Path folder) {
    try (Stream<Path> folders = Files.list(folder)) {
      var cases = folders.filter(Files::isDirectory).sorted().map(GoldenCase::new).toList();
      if (cases.isEmpty()) {
        throw new InputException(folder + ": no cases found; a case is a folder with in-* and out-* files");
      }
      return cases;
    } catch (IOException e) {
      throw new InputException(folder + ": not a readable folder of cases; a case is a folder with in-* and out-* "
          + "files", e);
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  /**
   * Runs the case.
   *
   * @return the differences, empty if there are none
   * @throws InputException when its files are invalid
   */
  List<String> differences(DryRun dryRun) {
    var trace = dryRun.run(new ScenarioBuilder().files(folder).build());
    var actual = outputs(trace);
    List<String> differences = new ArrayList<>();
    for (Path file : expectations()) {
      var name = file.getFileName().toString().replaceFirst("\\.(ya?ml|json)$", "");
      if (!actual.containsKey(name)) {
        throw new InputException(file + ": unknown file name; allowed: " + String.join(", ", actual.keySet())
            + " with .yaml or .json");
      }
      GoldenMatch.compare(name, actual.get(name), InputFiles.value(file), differences);
    }
    if (expected(PROBLEMS) == null && trace.failed()) {
      differences.add("there are problems, and no " + PROBLEMS + ".yaml: " + trace.problems());
    }
    if (expectations().isEmpty()) {
      differences.add("no out-* files; --record writes them");
    }
    return differences;
  }

  /**
   * A written file of expectations.
   *
   * @param differences earlier expectations that were not met; empty for a new file
   */
  record Recorded(Path file, List<String> differences) {

    boolean isNew() {
      return differences.isEmpty();
    }
  }

  /**
   * Writes missing {@code out-*} files and updates the differences in others with the actual output. Matching files and
   * inputs are not changed.
   *
   * @throws InputException when the case's files cannot be used, or none can be written
   */
  List<Recorded> record(DryRun dryRun) {
    var trace = dryRun.run(new ScenarioBuilder().files(folder).build());
    List<Recorded> written = new ArrayList<>();
    outputs(trace).forEach((name, value) -> {
      var file = expected(name);
      if (file == null) {
        boolean wanted = !(value instanceof List<?> list && list.isEmpty() && name.equals(PROBLEMS))
            && !(value instanceof Map<?, ?> map && map.isEmpty());
        if (wanted) {
          written.add(new Recorded(write(folder.resolve(name + ".yaml"), withoutNothing(value)), List.of()));
        }
      } else {
        List<String> differences = new ArrayList<>();
        var before = InputFiles.value(file);
        GoldenMatch.compare(name, value, before, differences);
        if (!differences.isEmpty()) {
          written.add(new Recorded(write(file, GoldenMatch.corrected(value, before)), differences));
        }
      }
    });
    return written;
  }

  private static Path write(Path file, Object value) {
    try {
      return Files.writeString(file, file.toString().endsWith(".json")
          ? JSON.writeValueAsString(TraceText.plain(value)) + System.lineSeparator()
          : TraceText.yaml(value));
    } catch (IOException e) {
      throw new InputException(file + ": cannot be written", e);
    }
  }

  private static Map<String, Object> outputs(Trace trace) {
    Map<String, Object> outputs = new LinkedHashMap<>();
    Map<String, Object> report = new LinkedHashMap<>();
    if (!trace.reports().isEmpty()) {
      report.putAll(trace.reports().get(trace.reports().size() - 1).body());
      report.remove("observed_time");
    }
    outputs.put(REPORT, report);
    outputs.put(CHANGES, TraceText.plain(trace.changes()));
    Map<String, Object> preconditions = new LinkedHashMap<>();
    trace.preconditions().forEach(one -> preconditions.put(one.name(), one.result()));
    outputs.put(PRECONDITIONS, preconditions);
    outputs.put(PROBLEMS, trace.problems());
    return outputs;
  }

  /** Without keys that have no value. */
  private static Object withoutNothing(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> kept = new LinkedHashMap<>();
      map.forEach((key, item) -> {
        if (item != null && !Map.of().equals(item)) {
          kept.put(key, withoutNothing(item));
        }
      });
      return kept;
    }
    return value instanceof List<?> list ? list.stream().map(GoldenCase::withoutNothing).toList() : value;
  }

  private List<Path> expectations() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("out-")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path expected(String name) {
    return expectations().stream().filter(file -> file.getFileName().toString().startsWith(name + ".")).findFirst()
        .orElse(null);
  }
}
