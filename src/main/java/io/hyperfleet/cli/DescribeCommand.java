package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.ApiClient.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Explains why a resource is not Ready: the state of its adapters, since when, why, and what to do. */
@Command(name = "describe", sortOptions = false, description = {
    "Explain why a resource is not Ready: the state of each adapter, since when, why, what to do and where to find "
        + "more.",
    "Healthy adapters are omitted, and adapters in the same state are grouped."})
public final class DescribeCommand extends FleetCommand {

  private static final String ENTRY = "|- ";
  private static final String LAST = "`- ";

  @Mixin
  private Target target;

  @Option(names = "--all", description = "Include healthy adapters.")
  private boolean all;

  @Option(names = {"-o",
      "--output"}, defaultValue = "table", description = "${COMPLETION-CANDIDATES}. Default: table.")
  private Format format;

  private final Terminal terminal = Terminal.detect();

  @Override
  Exit run(ApiClient api) {
    var resources = new FleetResources(api);
    var plural = resources.plural(target.kind());
    var answer = resources.named(plural, target.name());
    if (format.structured()) {
      new Structured(out(), format == Format.yaml).one(answer.body());
    } else {
      describe(api, plural, answer);
    }
    out().flush();
    return Exit.DONE;
  }

  private void describe(ApiClient api, String plural, Answer answer) {
    var resource = answer.body();
    var times = new Times(answer.time());
    var line = new ResourceLine(resource, times);
    head(line);
    var rows = AdapterRow.of(resource, adapters(api), words(resource), typed(""));
    var shown = AdapterRow.grouped(all ? rows : rows.stream().filter(row -> !row.state().healthy()).toList());
    var children = plural.equals("clusters") ? pools(api, resource) : List.<JsonNode>of();
    for (int i = 0; i < shown.size(); i++) {
      entry(shown.get(i), times, i == shown.size() - 1 && children.isEmpty());
    }
    for (int i = 0; i < children.size(); i++) {
      child(new ResourceLine(children.get(i), times), i == children.size() - 1);
    }
    long hidden = all ? 0 : rows.stream().filter(row -> row.state().healthy()).count();
    if (hidden > 0) {
      out().println(hidden + (hidden == 1 ? " adapter is healthy" : " adapters are healthy") + "; --all shows "
          + (hidden == 1 ? "it" : "them"));
    }
  }

  /** The resource in a command, without a name that has a special meaning in a shell. */
  private String words(JsonNode resource) {
    var name = AdapterRow.plain(target.name()) ? target.name() : resource.path("id").asText();
    return target.kind().toLowerCase(Locale.ROOT) + " " + (AdapterRow.plain(name) ? name : "<id>");
  }

  private void head(ResourceLine line) {
    var resource = line.resource();
    out().println(TerminalText.clean(resource.path("kind").asText() + " " + resource.path("name").asText()) + "   "
        + terminal.coloured(TerminalText.clean(line.state()), line.colour())
        + TerminalText.clean(" for " + line.times().age(line.since()) + ", generation "
            + resource.path("generation").asText() + ", created "
            + line.times().age(resource.path("created_time").asText()) + " ago, id " + resource.path("id").asText()));
    var labels = line.labels();
    if (!labels.isEmpty()) {
      print("labels: " + labels);
    }
    if (!line.ready() || line.paused()) {
      print("why: " + line.why());
    }
    if (line.paused()) {
      print("do:  " + typed("resume " + words(resource)));
    }
  }

  private void entry(AdapterRow row, Times times, boolean last) {
    var indent = last ? "     " : "|    ";
    var age = times.age(row.since());
    out().println((last ? LAST : ENTRY) + TerminalText.clean(String.join(", ", row.names())) + "   "
        + terminal.coloured(row.state().word(), row.state().colour()) + (age.equals("-") ? "" : " for " + age));
    if (!row.why().isEmpty()) {
      print(indent + times.sentence(row.why()));
    }
    row.hints().forEach(hint -> print(indent + hint));
  }

  private void child(ResourceLine child, boolean last) {
    var resource = child.resource();
    out().println((last ? LAST : ENTRY) + TerminalText.clean(resource.path("kind").asText() + " "
        + resource.path("name").asText()) + "   " + terminal.coloured(TerminalText.clean(child.state()), child.colour())
        + TerminalText.clean(" for " + child.times().age(child.since())));
    if (!child.ready()) {
      print((last ? "     " : "|    ") + child.why());
      var id = resource.path("id").asText();
      print((last ? "     " : "|    ") + "see:  " + typed("describe nodepool " + (AdapterRow.plain(id) ? id : "<id>")));
    }
  }

  /** Up to a hundred node pools of a cluster. */
  private List<JsonNode> pools(ApiClient api, JsonNode cluster) {
    var pools = new ArrayList<JsonNode>();
    api.get(
        FleetResources.path("clusters", cluster) + "/nodepools?size=100&order=name" + (all ? "" : "&status=NotReady"))
        .body().path("items").forEach(pools::add);
    return pools;
  }

  /**
   * The adapters from the API; without them, from an older API, the reports are used.
   */
  private static Map<String, JsonNode> adapters(ApiClient api) {
    var adapters = new LinkedHashMap<String, JsonNode>();
    try {
      api.get("/adapters").body().path("items")
          .forEach(adapter -> adapters.put(adapter.path("name").asText(), adapter));
    } catch (ApiClient.Refused e) {
      if (!e.code().equals(ApiClient.ENDPOINT_NOT_FOUND)) {
        throw e;
      }
    }
    return adapters;
  }
}
