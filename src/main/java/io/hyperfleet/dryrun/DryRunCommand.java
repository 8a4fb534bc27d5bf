package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import io.hyperfleet.dryrun.input.Scenario;
import io.hyperfleet.dryrun.input.ScenarioBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what an adapter would do with an event; nothing outside of the process is touched. */
@Command(name = "dry-run", mixinStandardHelpOptions = true, sortOptions = false, description = "Print what an adapter would do with an event; adapter try and dry-run are the same. Exit code 1: it would fail; 2: an input is wrong.")
final class DryRunCommand implements Callable<Integer> {

  /** Forms of the output. */
  enum Output {
    text, json
  }

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  @Option(names = "--adapter", required = true, paramLabel = "<folder>", description = "The adapter's folder.")
  private Path adapter;

  @Option(names = "--case", paramLabel = "<folder>", description = "Folder with in-* files, as of a golden test; the options below win over its files.")
  private Path folder;

  @Option(names = "--cluster", paramLabel = "<file|URL>", description = "The cluster as the API answers it, or its URL at a running API.")
  private String cluster;

  @Option(names = "--nodepool", paramLabel = "<file|URL>", description = "A node pool of that cluster; the event is about it then.")
  private String nodePool;

  @Option(names = "--event", paramLabel = "<file>", description = "The CloudEvent or its data; what the API would send when absent.")
  private Path event;

  @Option(names = "--statuses", paramLabel = "<file>", description = "Reports of adapters about it, in the form in which adapters send them.")
  private Path statuses;

  @Option(names = "--resources", paramLabel = "<file|folder>", arity = "1..*", description = "Kubernetes objects that exist already; those without labels are the adapter's own.")
  private List<Path> resources;

  @Option(names = "--faults", paramLabel = "<file>", description = "Requests that fail: to, verb, resource, status, message.")
  private Path faults;

  @Option(names = "--output", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; text when absent.")
  private Output output;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var scenario = scenario();
    var loaded = DryRun.load(adapter);
    var errors = texts(loaded.problems(), Severity.ERROR);
    var warnings = texts(loaded.problems(), Severity.WARNING);
    if (loaded.dryRun().isEmpty()) {
      print(Map.of(), "", warnings, errors);
      return HyperFleetCommands.FAILED;
    }
    try (var dryRun = loaded.dryRun().get()) {
      var trace = dryRun.run(scenario);
      print(TraceText.json(trace), TraceText.of(trace), warnings, trace.problems());
      return trace.failed() ? HyperFleetCommands.FAILED : 0;
    }
  }

  private Scenario scenario() {
    var builder = new ScenarioBuilder();
    if (folder != null) {
      builder.files(folder);
    }
    if (cluster != null) {
      builder.cluster(cluster);
    }
    if (nodePool != null) {
      builder.nodePool(nodePool);
    }
    if (event != null) {
      builder.event(event);
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
