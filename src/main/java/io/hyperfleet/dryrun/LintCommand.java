package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.hyperfleet.adapter.definition.AdapterCatalog;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.dryrun.lint.NeededRole;
import io.hyperfleet.dryrun.lint.Refusal;
import io.hyperfleet.dryrun.lint.SampleLint;
import io.hyperfleet.dryrun.lint.StoredResourceLint;
import io.hyperfleet.dryrun.lint.StoredResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what the rules of this version would reject, before they take effect. */
@Command(name = "lint", mixinStandardHelpOptions = true, sortOptions = false, description = "Check adapter folders, "
    + "and with --api also stored resources, against the rules of this version, and warn about expressions that fail "
    + "on samples. Changes nothing. Exit code 3: something would be rejected; 2: invalid input.")
final class LintCommand implements Callable<Integer> {

  /** Something would be rejected. */
  static final int REFUSED = 3;

  private static final String DEFINITION = "adapter.yaml";
  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  @Parameters(paramLabel = "<folder>", arity = "0..*", description = "Adapter folders, and directories with one "
      + "folder per adapter. Default: hyperfleet.adapters.location.")
  private List<Path> folders = List.of();

  @Option(names = "--adapters", paramLabel = "<folder>", description = "Adapter folders, as an option; may be "
      + "repeated.")
  private List<Path> moreFolders = List.of();

  @Option(names = "--cluster", paramLabel = "<file>", description = "A cluster as the API returns it, on which to "
      + "evaluate expressions, in addition to a cluster with an empty spec and the golden cases of each folder; may "
      + "be repeated.")
  private List<String> clusters = List.of();

  @Option(names = "--role", description = "Also print the Role that each adapter needs; all other output becomes "
      + "comments.")
  private boolean role;

  @Option(names = "--policy", paramLabel = "<file>", description = "YAML file with hyperfleet.adapters.policy, such "
      + "as the application's own; environment variables override it.")
  private Path policy;

  @Mixin
  private RoutesOption routes;

  @Option(names = "--api", paramLabel = "<URL>", description = "A running API whose resources and reports are "
      + "checked as well.")
  private String api;

  @Option(names = "--token-file", paramLabel = "<file>", description = "File with the bearer token for the API. "
      + "Default: hyperfleet.api.token-file.")
  private Path tokenFile;

  @Option(names = "--output", defaultValue = "text", description = "${COMPLETION-CANDIDATES}. Default: text.")
  private DryRunCommand.Output output;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var settings = policy == null ? OperatorSettings.ofEnvironment() : OperatorSettings.of(policy);
    var named = folders(settings);
    var rules = settings.rules();
    var loader = AdapterLoader.ofFolders(CelEngine.untimed(), settings.templates(routes.directory()), rules,
        settings.kinds(),
        name -> named.containsKey(name) || settings.runs(name), List.copyOf(named.values()));
    var catalog = loader.load();
    var refusals = new ArrayList<>(catalog.errors().stream().map(LintCommand::refusal).toList());
    int resources = 0;
    if (api != null) {
      var running = catalog.definitions().values().stream()
          .filter(adapter -> named.containsKey(adapter.name()) || settings.runs(adapter.name())).toList();
      var audit = new StoredResourceLint(new StoredResources(api, settings.reader(tokenFile)), settings.kinds(),
          running,
          rules);
      refusals.addAll(audit.run());
      resources = audit.resources();
    }
    var warnings = new ArrayList<>(catalog.warnings().stream().map(AdapterProblem::toString).toList());
    List<NeededRole> roles = new ArrayList<>();
    for (AdapterDefinition adapter : usable(catalog, named.keySet())) {
      settings.kinds().named(adapter.kind()).ifPresent(kind -> warnings
          .addAll(new SampleLint(adapter, named.get(adapter.name()), kind, rules).warnings(clusters, api == null)));
      roles.addAll(NeededRole.of(adapter));
    }
    print(refusals, warnings, roles, named.size(), resources);
    return refusals.isEmpty() ? 0 : REFUSED;
  }

  /**
   * The adapters of valid folders; not the built-in ones that replace broken folders.
   */
  private static List<AdapterDefinition> usable(AdapterCatalog catalog, Set<String> named) {
    var broken = catalog.errors().stream().map(AdapterProblem::adapter).collect(Collectors.toSet());
    return catalog.definitions().values().stream()
        .filter(adapter -> named.contains(adapter.name()) && !broken.contains(adapter.name())).toList();
  }

  private Map<String, Path> folders(OperatorSettings settings) {
    var given = Stream.concat(folders.stream(), moreFolders.stream()).toList();
    if (given.isEmpty() && settings.location().isPresent()) {
      given = List.of(settings.location().get());
    }
    if (given.isEmpty() && api == null) {
      throw new InputException("nothing to check: give adapter folders, --api, or both");
    }
    Map<String, Path> named = new TreeMap<>();
    for (Path folder : given) {
      for (Path adapter : adapters(folder)) {
        var other = named.putIfAbsent(adapter.getFileName().toString(), adapter);
        if (other != null && !other.equals(adapter)) {
          throw new InputException(adapter + ": duplicate folder name, see also " + other + "; give only one of them");
        }
      }
    }
    return named;
  }

  private static List<Path> adapters(Path folder) {
    var absolute = folder.toAbsolutePath().normalize();
    if (Files.isRegularFile(absolute.resolve(DEFINITION))) {
      return List.of(absolute);
    }
    try (Stream<Path> entries = Files.list(absolute)) {
      var adapters = entries.filter(Files::isDirectory).filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
      if (adapters.isEmpty()) {
        throw new InputException(
            folder + ": neither an adapter folder with an adapter.yaml nor a directory of such folders");
      }
      return adapters;
    } catch (IOException e) {
      throw new InputException(
          folder + ": not a readable directory; must be an adapter folder or a directory of such folders", e);
    }
  }

  private static Refusal refusal(AdapterProblem problem) {
    return new Refusal("", "", problem.adapter(), problem.file() + (problem.line() > 0 ? ":" + problem.line() : ""),
        problem.key(),
        problem.message());
  }

  private void print(List<Refusal> refusals, List<String> warnings, List<NeededRole> roles, int folders, int resources)
      throws IOException {
    var out = spec.commandLine().getOut();
    if (output == DryRunCommand.Output.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("result", refusals.isEmpty() ? "clean" : "refused");
      json.put("folders", folders);
      json.put("resources", resources);
      json.put("refusals", refusals.stream().map(Refusal::json).toList());
      json.put("warnings", warnings);
      if (role) {
        json.put("roles", roles.stream().map(NeededRole::object).toList());
      }
      out.println(JSON.writeValueAsString(json));
      return;
    }
    var comment = role ? "# " : "";
    warnings.forEach(warning -> out.println(comment + "Warning: " + warning));
    refusals.forEach(refusal -> out.println(comment + refusal));
    out.println(comment + folders + " folders" + (api == null ? "" : ", " + resources + " resources") + ": "
        + (refusals.isEmpty() ? "nothing would be rejected" : refusals.size() + " would be rejected"));
    if (role) {
      roles.forEach(one -> out.print("---\n" + TraceText.yaml(one.object())));
      out.flush();
    }
  }
}
