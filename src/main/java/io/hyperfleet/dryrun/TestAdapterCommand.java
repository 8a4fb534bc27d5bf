package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.hyperfleet.adapter.folder.AdapterProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the golden cases of an adapter. */
@Command(name = "test-adapter", mixinStandardHelpOptions = true, sortOptions = false, description = "Run an adapter's golden cases; adapter test and test-adapter are aliases. Exit code 1: a case fails; 2: invalid input.")
final class TestAdapterCommand implements Callable<Integer> {

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  @Mixin
  private AdapterFolderArgument adapter;

  @Mixin
  private RoutesOption routes;

  @Option(names = "--cases", paramLabel = "<folder>", description = "Folder with one folder per case: in-* files, "
      + "and out-* files with the expected output. Default: cases in the adapter's folder.")
  private Path cases;

  @Option(names = "--record", description = "Write missing out-* files and update those that differ with the actual "
      + "output; review them afterwards. Inputs are not changed.")
  private boolean record;

  @Option(names = "--output", defaultValue = "text", description = "${COMPLETION-CANDIDATES}. Default: text.")
  private DryRunCommand.Output output;

  @Spec
  private CommandSpec spec;

  /** What became of a case. */
  private record Result(String name, List<GoldenCase.Recorded> recorded, List<String> differences) {}

  @Override
  public Integer call() throws IOException {
    var golden = GoldenCase.below(cases == null ? adapter.path().resolve("cases") : cases);
    var loaded = DryRun.load(adapter.path(), routes.directory(), null);
    List<Result> results = new ArrayList<>();
    if (loaded.dryRun().isPresent()) {
      try (var dryRun = loaded.dryRun().get()) {
        for (GoldenCase one : golden) {
          results.add(new Result(one.name(), record ? one.record(dryRun) : List.of(), one.differences(dryRun)));
        }
      }
    }
    long failed = results.stream().filter(one -> !one.differences().isEmpty()).count();
    boolean ok = failed == 0 && loaded.dryRun().isPresent();
    var problems = loaded.problems().stream().map(AdapterProblem::toString).toList();
    if (output == DryRunCommand.Output.json) {
      printJson(ok, results, problems);
    } else {
      print(loaded.dryRun().isPresent(), results, problems, failed);
    }
    return ok ? 0 : HyperFleetCommands.FAILED;
  }

  private void print(boolean loaded, List<Result> results, List<String> problems, long failed) {
    var out = spec.commandLine().getOut();
    problems.forEach(out::println);
    for (Result one : results) {
      one.recorded().forEach(file -> {
        out.println((file.isNew() ? "wrote   " : "changed ") + file.file());
        file.differences().forEach(difference -> out.println("          " + difference));
      });
      out.println((one.differences().isEmpty() ? "ok      " : "FAILED  ") + one.name());
      one.differences().forEach(difference -> out.println("          " + difference));
    }
    if (loaded) {
      out.println(results.size() + " cases, " + failed + " failed");
    }
  }

  private void printJson(boolean ok, List<Result> results, List<String> problems) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("result", ok ? "ok" : "failed");
    json.put("problems", problems);
    json.put("cases", results.stream().map(TestAdapterCommand::json).toList());
    spec.commandLine().getOut().println(JSON.writeValueAsString(json));
  }

  private static Map<String, Object> json(Result one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", one.name());
    json.put("result", one.differences().isEmpty() ? "ok" : "failed");
    json.put("differences", one.differences());
    json.put("recorded", one.recorded().stream().map(file -> Map.of("file", file.file().toString(), "change",
        file.isNew() ? "wrote" : "changed", "differences", file.differences())).toList());
    return json;
  }
}
