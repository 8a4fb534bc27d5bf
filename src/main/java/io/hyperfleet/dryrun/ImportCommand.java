package io.hyperfleet.dryrun;

import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import io.hyperfleet.dryrun.convert.AdapterImport;
import io.hyperfleet.dryrun.convert.Imported;
import io.hyperfleet.dryrun.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Converts an adapter of HyperFleet's Go framework to a folder, and lists what each part became. */
@Command(name = "import", mixinStandardHelpOptions = true, sortOptions = false, description = "Convert an adapter of "
    + "HyperFleet's Go framework, that is its task configuration and the files beside it, into an adapter folder, "
    + "and list what each part became. Existing files are not overwritten. Exit code 2: invalid argument or file; 3: "
    + "manual work is left, marked with TODO in the files.")
final class ImportCommand implements Callable<Integer> {

  private static final int UNFINISHED = 3;

  @Parameters(paramLabel = "<folder>", description = "Folder with the task configuration, the optional deployment "
      + "configuration, and the manifests that they refer to.")
  private Path folder;

  @Option(names = "--to", paramLabel = "<folder>", description = "Folder to write. Default: a folder with the "
      + "adapter's name in the current directory.")
  private Path target;

  @Option(names = "--name", paramLabel = "<name>", description = "Name of the adapter. Default: the name of the "
      + "folder to write, or the one in the deployment configuration.")
  private String name;

  @Option(names = "--env", paramLabel = "<variable>=<value>", description = "Value of an environment variable of the "
      + "adapter, which becomes a parameter. May be repeated.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var wanted = name == null && target != null
        ? String.valueOf(target.toAbsolutePath().normalize().getFileName())
        : name;
    var imported = AdapterImport.of(folder, wanted, environment);
    var to = target == null ? Path.of(imported.name()) : target;
    if (!imported.name().equals(String.valueOf(to.toAbsolutePath().normalize().getFileName()))) {
      throw new InputException("--to: the folder must have the adapter's name, " + imported.name());
    }
    var files = files(imported);
    files.keySet().stream().map(to::resolve).filter(Files::exists).findFirst().ifPresent(there -> {
      throw new InputException(there + ": already exists; choose a new folder with --to");
    });
    var out = spec.commandLine().getOut();
    imported.report().lines().forEach(line -> out.println(
        (line.todo() ? "TODO  " : "      ") + line.part() + " -> " + line.became()));
    out.println();
    files.forEach((file, text) -> out.println("wrote " + write(to.resolve(file), text)));
    var problems = problems(to);
    problems.forEach(out::println);
    int left = imported.report().todos().size() + problems.size();
    out.println(left == 0
        ? "Next, try it: " + spec.root().name() + " adapter try " + to
        : left + (left == 1 ? " thing is" : " things are") + " left to do; then: " + spec.root().name()
            + " adapter lint " + to);
    return left == 0 ? 0 : UNFINISHED;
  }

  /** Problems that prevent the folder from being loaded, if it is complete. */
  private static List<String> problems(Path to) {
    var loaded = DryRun.load(to);
    loaded.dryRun().ifPresent(DryRun::close);
    return loaded.problems().stream().filter(problem -> problem.severity() == Severity.ERROR)
        .map(problem -> "TODO  " + problem).toList();
  }

  private static Map<String, String> files(Imported imported) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(AdapterFolder.DEFINITION, text(imported, AdapterFolder.DEFINITION, imported.definition()));
    imported.manifests().forEach((file, content) -> files.put(file, text(imported, file, content)));
    return files;
  }

  private static String text(Imported imported, String file, Object content) {
    return imported.todos().getOrDefault(file, List.of()).stream()
        .map(todo -> "# TODO " + todo.replace("\n", " ") + "\n").collect(Collectors.joining())
        + imported.originals().getOrDefault(file, "").lines().map(line -> "# " + line + "\n")
            .collect(Collectors.joining())
        + TraceText.yaml(content);
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be written; choose a folder in a writable directory", e);
    }
  }
}
