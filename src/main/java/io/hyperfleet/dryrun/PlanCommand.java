package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.definition.RevisionFolder;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cli.ApiClient;
import io.hyperfleet.cli.Connection;
import io.hyperfleet.cli.FleetException;
import io.hyperfleet.cli.Terminal;
import io.hyperfleet.cli.TerminalText;
import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.dryrun.plan.Plan;
import io.hyperfleet.dryrun.plan.PlanText;
import io.hyperfleet.dryrun.plan.PlannedResources;
import io.hyperfleet.dryrun.plan.StoredRevision;
import io.hyperfleet.policy.ManifestRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what another folder of an adapter would change in a fleet. */
@Command(name = "plan", mixinStandardHelpOptions = true, sortOptions = false, description = "Show what a changed "
    + "adapter folder would do to the resources of a fleet, compared with the wanted revision of the API. Does not "
    + "contact Kubernetes and changes nothing. Exit code 3: something would fail; 2: invalid input; 4 to 7: as for "
    + "commands on a fleet.")
final class PlanCommand implements Callable<Integer> {

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();
  private static final int BAR = 30;

  @Mixin
  private AdapterFolderArgument folder;

  @Option(names = "--api", paramLabel = "<URL>", description = "URL of the API; an alias of --server.")
  private String server;

  @Mixin
  private Connection connection;

  @Option(names = "--from", paramLabel = "<folder>", description = "The folder to compare with, instead of the API's "
      + "wanted revision.")
  private Path from;

  @Option(names = "--search", paramLabel = "<search>", description = "Only resources that match, such as \"labels.canary = 'true'\".")
  private String search;

  @Option(names = "--sample", paramLabel = "<number>", description = "Check only this many resources, sampled from "
      + "the whole fleet.")
  private Long sample;

  @Option(names = "--policy", paramLabel = "<file>", description = "YAML file with hyperfleet.adapters.policy, such "
      + "as the application's own; environment variables override it.")
  private Path policy;

  @Mixin
  private RoutesOption routes;

  @Option(names = {"-o",
      "--output"}, defaultValue = "text", description = "${COMPLETION-CANDIDATES}. Default: text.")
  private DryRunCommand.Output output;

  @Spec
  private CommandSpec spec;

  private int shown = -1;

  @Override
  public Integer call() throws IOException {
    try {
      return plan(connection.orServer(server));
    } catch (FleetException e) {
      e.getMessage().lines().map(TerminalText::clean).forEach(spec.commandLine().getErr()::println);
      return e.exit().code();
    }
  }

  private int plan(ApiClient api) throws IOException {
    if (sample != null && sample < 1) {
      throw new InputException("--sample " + sample + ": must be a number of 1 or more");
    }
    var settings = policy == null ? OperatorSettings.ofEnvironment() : OperatorSettings.of(policy);
    var rules = settings.rules();
    var templates = settings.templates(routes.directory());
    var after = load(templates, Optional.of(rules), folder(folder.path()), folder.path().toString());
    var before = from == null
        ? stored(api, templates, after.name())
        : load(templates, Optional.empty(), folder(from), from.toString());
    if (!before.name().equals(after.name()) || !before.kind().equals(after.kind())) {
      throw new InputException("the adapter " + before.name() + " for " + before.kind() + " cannot be compared with "
          + after.name() + " for " + after.kind() + "; both must be for the same kind");
    }
    var kinds = settings.kinds();
    var kind = kinds.named(after.kind()).orElseThrow(() -> new InputException("unknown kind " + after.kind()
        + "; allowed: " + kinds.names()));
    var plan = new Plan(before, after, rules);
    var resources = new PlannedResources(api, kind, kinds, search);
    if (sample == null) {
      resources.each((planned, total) -> look(plan, planned, total));
    } else {
      resources.sample(sample, (planned, total) -> look(plan, planned, total));
    }
    end();
    print(plan, before, after);
    return plan.fails() ? LintCommand.REFUSED : 0;
  }

  private static AdapterFolder folder(Path path) {
    var absolute = path.toAbsolutePath().normalize();
    return AdapterFolder.of(absolute, absolute);
  }

  private static AdapterDefinition stored(ApiClient api, AdapterTemplates templates, String adapter) {
    var revision = StoredRevision.wanted(api, adapter);
    return load(templates, Optional.empty(), RevisionFolder.of(adapter, revision.content()), "the wanted revision "
        + revision.digest());
  }

  private static AdapterDefinition load(AdapterTemplates templates, Optional<ManifestRules> rules,
      AdapterFolder folder, String what) {
    var problems = new AdapterProblems(folder.name());
    return AdapterLoader.read(CelEngine.untimed(), templates, rules, folder, problems)
        .orElseThrow(() -> new InputException(what + " cannot be loaded:\n" + problems.list().stream()
            .filter(problem -> problem.severity() == Severity.ERROR)
            .map(problem -> TerminalText.clean(problem.toString())).collect(Collectors.joining("\n"))));
  }

  private void look(Plan plan, PlannedResources.Planned planned, long total) {
    plan.look(planned.resource(), planned.cluster());
    progress(plan.seen(), total);
  }

  /** On a terminal only, and only when it changes. */
  private void progress(long seen, long total) {
    int percent = total == 0 ? 100 : (int) Math.min(100, seen * 100 / total);
    if (percent != shown && Terminal.detect().terminal()) {
      shown = percent;
      int done = percent * BAR / 100;
      spec.commandLine().getErr()
          .print("\r[" + "#".repeat(done) + " ".repeat(BAR - done) + "] " + seen + " of " + total);
      spec.commandLine().getErr().flush();
    }
  }

  private void end() {
    if (shown >= 0) {
      spec.commandLine().getErr().print("\r" + " ".repeat(BAR + 40) + "\r");
      spec.commandLine().getErr().flush();
    }
  }

  private void print(Plan plan, AdapterDefinition before, AdapterDefinition after) throws IOException {
    var out = spec.commandLine().getOut();
    if (output == DryRunCommand.Output.json) {
      out.println(JSON.writeValueAsString(plan.json()));
      return;
    }
    out.println("Adapter " + after.name() + ": " + PlanText.revision(before.digest()) + " -> "
        + PlanText.revision(after.digest()) + (before.digest().equals(after.digest())
            ? ", which mean the same"
            : "")
        + "; " + plan.compared() + " resources of the kind " + after.kind());
    new PlanText(out).print(plan);
  }
}
