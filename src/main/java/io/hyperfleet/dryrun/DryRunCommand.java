package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.dryrun.input.Scenario;
import io.hyperfleet.dryrun.input.ScenarioBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what an adapter would do with an event, without contacting other services. */
@Command(name = "dry-run", mixinStandardHelpOptions = true, sortOptions = false, description = "Show what an adapter "
    + "would do with an event; adapter try and dry-run are aliases. Exit code 1: it would fail; 2: invalid input.")
final class DryRunCommand implements Callable<Integer> {

  /** Forms of the output. */
  enum Output {
    text, json
  }

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Pattern EVENT_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  @Mixin
  private AdapterFolderArgument adapter;

  @Mixin
  private RoutesOption routes;

  @Option(names = "--case", paramLabel = "<folder>", description = "Folder with in-* files, as in a golden case; the "
      + "options below override its files.")
  private Path folder;

  @Option(names = "--cluster", paramLabel = "<file|URL>", description = "The cluster as the API returns it, or its "
      + "URL at a running API.")
  private String cluster;

  @Option(names = "--nodepool", paramLabel = "<file|URL>", description = "A node pool of that cluster; the event is "
      + "then about the node pool.")
  private String nodePool;

  @Option(names = "--event", paramLabel = "<file|id>", description = "The CloudEvent or its data, or the id of an "
      + "event from the API of --api, applied to the resource as it is now. Default: the event that the API would "
      + "send.")
  private String event;

  @Option(names = "--statuses", paramLabel = "<file>", description = "Adapters' reports on it, in the format in "
      + "which adapters send them.")
  private Path statuses;

  @Option(names = "--resources", paramLabel = "<file|folder>", arity = "1..*", description = "Kubernetes objects that exist already; those without labels are the adapter's own.")
  private List<Path> resources;

  @Option(names = "--faults", paramLabel = "<file>", description = "Requests to fail, each with to, verb, resource, "
      + "status and message.")
  private Path faults;

  @Option(names = "--api", paramLabel = "<URL>", description = "The API to read an event from. Default: "
      + "hyperfleet.api.base-url.")
  private String api;

  @Option(names = "--token-file", paramLabel = "<file>", description = "File with the bearer token for URLs and "
      + "--api. Default: hyperfleet.api.token-file.")
  private Path tokenFile;

  @Option(names = "--watch", description = "Run again whenever a file of the adapter or an input changes; stop with "
      + "Ctrl-C.")
  private boolean watch;

  @Option(names = "--output", defaultValue = "text", description = "${COMPLETION-CANDIDATES}. Default: text.")
  private Output output;

  @Spec
  private CommandSpec spec;

  private DryRun.Loaded loaded;
  private DryRun running;

  @Override
  public Integer call() throws IOException {
    var files = watch ? new FileWatch(files()) : null;
    try {
      int code = tryOnce();
      return watch ? watch(files, code) : code;
    } finally {
      close();
    }
  }

  private void close() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** Loads the current state of the adapter, reusing the previous one if possible. */
  private void load() {
    loaded = DryRun.load(adapter.path(), routes.directory(), running);
    var next = loaded.dryRun().orElse(running);
    if (running != null && running != next) {
      running.close();
    }
    running = next;
  }

  private int tryOnce() throws IOException {
    var scenario = scenario();
    if (loaded == null) {
      load();
    }
    var errors = texts(loaded.problems(), Severity.ERROR);
    var warnings = texts(loaded.problems(), Severity.WARNING);
    if (loaded.dryRun().isEmpty()) {
      print(Map.of(), "", warnings, errors);
      return HyperFleetCommands.FAILED;
    }
    var trace = loaded.dryRun().get().run(scenario);
    print(TraceText.json(trace), TraceText.of(trace), warnings, trace.problems());
    return trace.failed() ? HyperFleetCommands.FAILED : 0;
  }

  /** Runs repeatedly until the process or this thread is stopped. */
  private int watch(FileWatch files, int first) throws IOException {
    int code = first;
    try {
      while (true) {
        say("--- " + adapter.path() + " is watched; stop with Ctrl-C");
        var changed = files.change();
        say("--- " + LocalTime.now().format(TIME) + ", changed: "
            + changed.stream().map(path -> path.getFileName().toString()).collect(Collectors.joining(", ")));
        if (changed.stream().anyMatch(this::isOfTheAdapter)) {
          loaded = null;
        }
        if (changed.stream().anyMatch(this::isRoute)) {
          loaded = null;
          close();
        }
        try {
          code = tryOnce();
        } catch (InputException e) {
          spec.commandLine().getErr().println(e.getMessage());
          code = CommandLine.ExitCode.USAGE;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return code;
    }
  }

  private boolean isOfTheAdapter(Path file) {
    return file.startsWith(adapter.path()) && (folder == null || !file.startsWith(folder));
  }

  private boolean isRoute(Path file) {
    return routes.directory() != null && file.startsWith(routes.directory());
  }

  /** A line between two runs; JSON output has only a value per run. */
  private void say(String line) {
    if (output == Output.text) {
      spec.commandLine().getOut().println(line);
    }
  }

  private List<Path> files() {
    var files = new ArrayList<>(List.of(adapter.path()));
    Stream.of(folder, routes.directory(), statuses, faults).filter(Objects::nonNull).forEach(files::add);
    Stream.of(Optional.ofNullable(cluster), Optional.ofNullable(nodePool), Optional.ofNullable(event))
        .flatMap(Optional::stream).filter(place -> !ScenarioBuilder.isUrl(place) && !isEventId(place))
        .map(ScenarioBuilder::path).forEach(files::add);
    if (resources != null) {
      files.addAll(resources);
    }
    return files;
  }

  private static boolean isEventId(String place) {
    return EVENT_ID.matcher(place).matches() && !Files.exists(Path.of(place));
  }

  private Scenario scenario() {
    boolean asks = Stream.of(cluster, nodePool, event).filter(Objects::nonNull)
        .anyMatch(place -> ScenarioBuilder.isUrl(place) || isEventId(place));
    var settings = asks ? OperatorSettings.ofEnvironment() : null;
    var builder = asks ? new ScenarioBuilder(settings.reader(tokenFile)) : new ScenarioBuilder();
    if (folder != null) {
      builder.files(folder);
    }
    if (event != null && ScenarioBuilder.isUrl(event)) {
      throw new InputException("--event: " + event + ": must be a file, or the id of an event of --api");
    } else if (event != null && isEventId(event)) {
      builder.pastEvent(settings.api(api), event, settings.kinds());
    } else if (event != null) {
      builder.event(ScenarioBuilder.path(event));
    }
    if (cluster != null) {
      builder.cluster(cluster);
    }
    if (nodePool != null) {
      builder.nodePool(nodePool);
    }
    if (statuses != null) {
      builder.statuses(statuses);
    }
    if (resources != null) {
      builder.resources(resources);
    }
    if (faults != null) {
      builder.faults(faults);
    }
    return builder.build();
  }

  private void print(Map<String, Object> trace, String text, List<String> warnings, List<String> problems)
      throws IOException {
    var out = spec.commandLine().getOut();
    if (output == Output.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("result", problems.isEmpty() ? "ok" : "failed");
      json.putAll(trace);
      json.put("warnings", warnings);
      json.put("problems", problems);
      out.println(JSON.writeValueAsString(json));
      return;
    }
    warnings.forEach(warning -> out.println("Warning: " + warning));
    out.print(text);
    if (trace.isEmpty()) {
      out.println("Result: FAILED, the adapter cannot be loaded");
      problems.forEach(problem -> out.println("  " + problem));
    }
    out.flush();
  }

  private static List<String> texts(List<AdapterProblem> problems, Severity severity) {
    return problems.stream().filter(problem -> problem.severity() == severity).map(AdapterProblem::toString).toList();
  }
}
