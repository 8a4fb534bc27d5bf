package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.ApiClient.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists resources or adapters, or shows the counts of the fleet. */
@Command(name = "get", sortOptions = false, description = {
    "List resources of a kind with their state and why they are not Ready, list adapters, or show the fleet's counts.",
    "All resources of a kind are listed, oldest first."})
public final class GetCommand extends FleetCommand {

  static final Duration REDRAW = Duration.ofSeconds(2);

  /** Lists that exist in every fleet, for completion. */
  static final class Lists implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return List.of("clusters", "nodepools", "adapters", "fleet").iterator();
    }
  }

  @Parameters(index = "0", paramLabel = "<kind>", completionCandidates = Lists.class, description = "clusters, nodepools or another kind of the API; adapters; fleet.")
  private String kind;

  @Parameters(index = "1", arity = "0..1", paramLabel = "<name>", description = "Name or id. Default: all.")
  private String name;

  @Option(names = "--not-ready", description = "Show only resources that are not Ready.")
  private boolean notReady;

  @Option(names = {"-l",
      "--selector"}, paramLabel = "<key=value>", description = "Show only resources with this label; separate "
          + "several with commas, or repeat the option.")
  private List<String> labels = List.of();

  @Option(names = {"-w", "--watch"}, description = "Refresh every two seconds until interrupted.")
  private boolean watch;

  @Option(names = {"-o",
      "--output"}, defaultValue = "table", description = "${COMPLETION-CANDIDATES}. Default: table.")
  private Format format;

  private final Terminal terminal = Terminal.detect();

  @Override
  Exit run(ApiClient api) {
    if (watch && format.structured()) {
      throw new FleetException(Exit.WRONG, "--watch requires --output table or wide");
    }
    var resources = new FleetResources(api);
    var wanted = kind.toLowerCase(Locale.ROOT);
    boolean overview = wanted.equals("fleet") || wanted.equals("adapters") || wanted.equals("adapter");
    var selected = FleetResources.labels(labels);
    if (overview && (notReady || !selected.isEmpty()) || name != null && (wanted.equals("fleet") || notReady
        || !selected.isEmpty())) {
      throw new FleetException(Exit.WRONG, "--not-ready and --selector are only allowed for lists of resources, "
          + "without a name");
    }
    var plural = overview ? null : resources.plural(kind);
    while (true) {
      var shown = new StringWriter();
      var out = watch ? new PrintWriter(shown) : out();
      show(api, resources, plural, selected, out);
      if (!watch) {
        return Exit.DONE;
      }
      out.flush();
      out().print(terminal.redraw() + shown + (terminal.terminal() ? "" : System.lineSeparator()));
      out().flush();
      if (!pause(REDRAW)) {
        return Exit.DONE;
      }
    }
  }

  private void show(ApiClient api, FleetResources resources, String plural, Map<String, String> selected,
      PrintWriter out) {
    if (plural == null) {
      overview(api, out);
    } else if (name != null) {
      one(resources.named(plural, name), out);
    } else if (format.structured()) {
      var list = new Structured(out, format == Format.yaml);
      resources.each(plural, notReady, selected, (item, time) -> list.item(item));
      list.end();
    } else {
      list(resources, plural, selected, out);
    }
  }

  private void list(FleetResources resources, String plural, Map<String, String> selected, PrintWriter out) {
    var table = table(out);
    long count = resources.each(plural, notReady, selected,
        (item, time) -> table.add(new ResourceLine(item, new Times(time)).cells(format == Format.wide)));
    if (count > 0) {
      table.end();
    } else {
      out.println("No " + plural + (selected.isEmpty() ? "" : " with these labels")
          + (notReady ? " that are not Ready." : "."));
    }
  }

  private TextTable table(PrintWriter out) {
    return new TextTable(out, terminal, format == Format.wide ? ResourceLine.WIDE : ResourceLine.TABLE);
  }

  private void one(Answer answer, PrintWriter out) {
    if (format.structured()) {
      new Structured(out, format == Format.yaml).one(answer.body());
    } else {
      var table = table(out);
      table.add(new ResourceLine(answer.body(), new Times(answer.time())).cells(format == Format.wide));
      table.end();
    }
  }

  private void overview(ApiClient api, PrintWriter out) {
    boolean adapters = !kind.equalsIgnoreCase("fleet");
    var answer = api.get(adapters ? "/adapters" + (name == null ? "" : "/" + ApiClient.encoded(name)) : "/fleet");
    var times = new Times(answer.time());
    if (format.structured()) {
      new Structured(out, format == Format.yaml).one(answer.body());
    } else if (adapters) {
      var items = new ArrayList<JsonNode>();
      (name == null ? answer.body().path("items") : List.of(answer.body())).forEach(items::add);
      new Overview(out, terminal, times).adapters(items, format == Format.wide);
    } else {
      new Overview(out, terminal, times).fleet(answer.body());
    }
  }
}
