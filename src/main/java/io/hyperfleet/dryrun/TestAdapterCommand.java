package io.hyperfleet.dryrun;

import io.hyperfleet.adapter.folder.AdapterProblem;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the golden cases of an adapter. */
@Command(name = "test-adapter", mixinStandardHelpOptions = true, sortOptions = false, description = "Run an adapter's golden cases; adapter test and test-adapter are the same. Exit code 1: a case fails; 2: an input is wrong.")
final class TestAdapterCommand implements Callable<Integer> {

  @Option(names = "--adapter", required = true, paramLabel = "<folder>", description = "The adapter's folder.")
  private Path adapter;

  @Option(names = "--cases", paramLabel = "<folder>", description = "Folder with a folder for each case: in-* files, and out-* files with what is expected; cases in the adapter's folder when absent.")
  private Path cases;

  @Option(names = "--record", description = "Write the out-* files that are missing, as things are now; read them then!")
  private boolean record;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var golden = GoldenCase.below(cases == null ? adapter.resolve("cases") : cases);
    var loaded = DryRun.load(adapter);
    loaded.problems().stream().map(AdapterProblem::toString).forEach(out::println);
    if (loaded.dryRun().isEmpty()) {
      return HyperFleetCommands.FAILED;
    }
    int failed = 0;
    try (var dryRun = loaded.dryRun().get()) {
      for (GoldenCase one : golden) {
        if (record) {
          one.record(dryRun).forEach(file -> out.println("wrote " + file));
        }
        var differences = one.differences(dryRun);
        failed += differences.isEmpty() ? 0 : 1;
        out.println((differences.isEmpty() ? "ok      " : "FAILED  ") + one.name());
        differences.forEach(difference -> out.println("          " + difference));
      }
    }
    out.println(golden.size() + " cases, " + failed + " failed");
    return failed == 0 ? 0 : HyperFleetCommands.FAILED;
  }
}
