package io.hyperfleet.dryrun;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterSchema;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.dryrun.input.ScenarioBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates the folder of a working adapter, with a golden case and the schema for editors. */
@Command(name = "new", mixinStandardHelpOptions = true, sortOptions = false, description = "Create the folder of a "
    + "new adapter: adapter.yaml, its manifest, a golden case, and the schema for editors. Existing files are not "
    + "overwritten. Exit code 2: invalid argument.")
final class NewAdapterCommand implements Callable<Integer> {

  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");
  /** CEL keywords, which cannot be names after a dot. */
  private static final Set<String> RESERVED = Set.of("true", "false", "null", "in", "as", "break", "const", "continue",
      "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void",
      "while");
  private static final String SCHEMA = "adapter-v1.json";
  private static final String CASE = "cases/acts";
  private static final String TEMPLATES = AdapterDefinition.JOB_ADAPTER + ", " + AdapterDefinition.RESOURCE_ADAPTER;
  private static final String KINDS = Stream.of(For.values()).map(For::name).collect(Collectors.joining(", "));

  /** Kinds for a new adapter: those with inputs for a dry run. */
  enum For {
    Cluster, NodePool
  }

  @Parameters(arity = "0..1", paramLabel = "<folder>", description = "The folder to create; its name becomes the "
      + "adapter's. At a terminal, missing options are prompted for.")
  private Path folder;

  @Option(names = "--template", paramLabel = "<template>", description = "job-adapter, which runs a Job, or "
      + "resource-adapter, which maintains resources. Default: job-adapter.")
  private String template;

  @Option(names = "--for", paramLabel = "<kind>", description = "${COMPLETION-CANDIDATES}. Default: Cluster.")
  private For kind;

  @Option(names = "--precondition", paramLabel = "<adapter>", split = ",", description = "Name of an adapter to wait "
      + "for; may be repeated.")
  private List<String> preconditions;

  @Spec
  private CommandSpec spec;

  private final Questions questions;

  /** Asks at the terminal, when there is one. */
  NewAdapterCommand() {
    this(Questions.ofTerminal());
  }

  NewAdapterCommand(Questions questions) {
    this.questions = questions;
  }

  @Override
  public Integer call() throws IOException {
    if (folder != null) {
      nameOf(folder);
    }
    if (template != null) {
      template(template);
    }
    if (preconditions != null) {
      preconditions.forEach(adapter -> check("--precondition", adapter));
    }
    if (questions.arePossible()) {
      ask();
    }
    if (folder == null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "Missing required parameter: '<folder>'");
    }
    template = template == null ? AdapterDefinition.JOB_ADAPTER : template;
    kind = kind == null ? For.Cluster : kind;
    preconditions = preconditions == null ? List.of() : preconditions;
    var name = nameOf(folder);
    var files = files(name);
    for (String file : files.keySet()) {
      if (Files.exists(folder.resolve(file))) {
        throw new InputException(folder.resolve(file) + ": already exists; choose a new folder");
      }
    }
    var out = spec.commandLine().getOut();
    for (var file : files.entrySet()) {
      var path = folder.resolve(file.getKey());
      try {
        Files.createDirectories(path.getParent());
        out.println("wrote " + Files.writeString(path, file.getValue()));
      } catch (IOException e) {
        throw new InputException(path + ": cannot be written; choose a folder in a writable directory", e);
      }
    }
    return record(name);
  }

  /** Prompts for missing options. */
  private void ask() {
    var out = spec.commandLine().getOut();
    if (folder == null) {
      folder = questions.ask(out, "Folder to create, named after the adapter", null, answer -> {
        var path = ScenarioBuilder.path(answer);
        nameOf(path);
        return path;
      });
    }
    if (template == null) {
      template = questions.ask(out, "Template: " + TEMPLATES, AdapterDefinition.JOB_ADAPTER,
          NewAdapterCommand::template);
    }
    if (kind == null) {
      kind = questions.ask(out, "Kind that it acts on: " + KINDS, For.Cluster.name(), NewAdapterCommand::kind);
    }
    if (preconditions == null) {
      preconditions = questions.ask(out, "Adapters that it waits for, comma-separated; empty for none", "",
          NewAdapterCommand::adapters);
    }
  }

  private static String nameOf(Path folder) {
    var name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    check("<folder>", name);
    return name;
  }

  private static String template(String name) {
    if (!name.equals(AdapterDefinition.JOB_ADAPTER) && !name.equals(AdapterDefinition.RESOURCE_ADAPTER)) {
      throw new InputException("--template: unknown template '" + name + "'; allowed: " + TEMPLATES);
    }
    return name;
  }

  private static For kind(String name) {
    return Stream.of(For.values()).filter(kind -> kind.name().equals(name)).findFirst()
        .orElseThrow(() -> new InputException("--for: unknown kind '" + name + "'; allowed: " + KINDS));
  }

  private static List<String> adapters(String names) {
    var adapters = Stream.of(names.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    adapters.forEach(adapter -> check("--precondition", adapter));
    return adapters;
  }

  private static void check(String argument, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InputException(argument + ": '" + name + "' is not a valid adapter name; use up to 40 lower-case "
          + "letters, digits and hyphens, starting with a letter and not ending with a hyphen");
    }
  }

  /** Records the actual output of the case as expected. */
  private int record(String name) {
    var out = spec.commandLine().getOut();
    var loaded = DryRun.load(folder);
    loaded.problems().stream().map(AdapterProblem::toString).forEach(out::println);
    if (loaded.dryRun().isEmpty()) {
      return HyperFleetCommands.FAILED;
    }
    try (var dryRun = loaded.dryRun().get()) {
      new GoldenCase(folder.resolve(CASE)).record(dryRun).forEach(file -> out.println("wrote " + file.file()));
    }
    out.println();
    out.println("Next, change the manifest to what " + name + " is to do, and try it:");
    var command = "  " + spec.root().name();
    out.println(command + " adapter try --adapter " + folder + " --case " + folder.resolve(CASE));
    out.println(command + " adapter test --adapter " + folder);
    return 0;
  }

  private Map<String, String> files(String name) throws IOException {
    boolean job = template.equals(AdapterDefinition.JOB_ADAPTER);
    boolean owned = kind == For.NodePool;
    Map<String, String> files = new LinkedHashMap<>();
    files.put(AdapterFolder.DEFINITION, definition(name, job));
    files.put(job ? "job.yaml" : "config.yaml", job ? job() : config(name));
    files.put(SCHEMA, schema());
    files.put(CASE + "/in-cluster.yaml", "id: cls-123\nname: demo\ngeneration: 1\nspec: {}\n");
    if (owned) {
      files.put(CASE + "/in-nodepool.yaml", "id: np-7\nname: workers\ngeneration: 1\nspec: {}\n");
    }
    if (!preconditions.isEmpty()) {
      files.put(CASE + "/in-statuses.yaml", preconditions.stream().distinct().map(NewAdapterCommand::scalar).map("""
          - adapter: %s
            observed_generation: 1
            conditions:
              - {type: Available, status: True, reason: JobSucceeded}
          """::formatted).collect(Collectors.joining()));
    }
    return files;
  }

  private String definition(String name, boolean job) {
    var text = new StringBuilder("# yaml-language-server: $schema=" + SCHEMA + "\n").append("""
        apiVersion: hyperfleet.io/v1
        kind: Adapter
        metadata:
          name: %s
        spec:
          template: %s
          for: %s
        """.formatted(scalar(name), template, kind));
    if (!preconditions.isEmpty()) {
      text.append("  preconditions:\n");
      preconditions.stream().distinct().forEach(adapter -> text.append("    ").append(adapter)
          .append(" is available: adapters").append(adapter.contains("-") || RESERVED.contains(adapter)
              ? "['" + adapter + "']"
              : "." + adapter)
          .append(".available\n"));
    }
    return text.append(job ? "  manifest: job.yaml\n" : """
          manifest: config.yaml
          postconditions:
            config is there: has(resources.config)
        """).toString();
  }

  /** Quoted if YAML would read it as another type: {@code n} is false. */
  private static String scalar(String name) {
    return TraceText.yaml(name).strip();
  }

  private String job() {
    return """
        apiVersion: batch/v1
        kind: Job
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: run
                  image: busybox:1.36
                  command: [echo, "Hello ${%s.name}"]
        """.formatted(variable());
  }

  private String config(String name) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: %s-${%s.id}
        data:
          name: ${%s.name}
        """.formatted(name, variable(), variable());
  }

  private String variable() {
    return kind == For.NodePool ? "nodepool" : "cluster";
  }

  private static String schema() throws IOException {
    try (InputStream in = AdapterSchema.class.getResourceAsStream(AdapterSchema.LOCATION)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
