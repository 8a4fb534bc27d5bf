package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.ApiClient.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What operators do with the rollout of an adapter's revision. */
public final class RolloutCommands {

  private static final int SHORT = 12;

  private RolloutCommands() {}

  /** About one adapter. */
  abstract static class OfAdapter extends FleetCommand {

    @Parameters(index = "0", paramLabel = "<adapter>", description = "Name of the adapter.")
    private String adapter;

    final String adapter() {
      return adapter;
    }

    final String path() {
      return "/adapters/" + ApiClient.encoded(adapter);
    }

    final void show(Answer answer) {
      var times = new Times(answer.time());
      lines(answer.body(), times).forEach(this::print);
    }
  }

  /** Shows it. */
  @Command(name = "rollout", sortOptions = false, description = "Show the rollout of an adapter's wanted revision.")
  public static final class Show extends OfAdapter {

    @Option(names = {"-o",
        "--output"}, defaultValue = "table", description = "${COMPLETION-CANDIDATES}; table when absent.")
    private Format format;

    @Override
    Exit run(ApiClient api) {
      var answer = api.get(path());
      if (format.structured()) {
        new Structured(out(), format == Format.yaml).one(answer.body());
      } else {
        show(answer);
      }
      return Exit.DONE;
    }
  }

  /** Halts it. */
  @Command(name = "halt", sortOptions = false, description = "Halt the rollout of an adapter: no further resources move.")
  public static final class Halt extends OfAdapter {

    @Override
    Exit run(ApiClient api) {
      show(api.send("POST", path() + "/halt", null));
      return Exit.DONE;
    }
  }

  /** Goes on with it. */
  @Command(name = "resume", sortOptions = false, description = "Continue a halted rollout; earlier failures no longer count.")
  public static final class Resume extends OfAdapter {

    @Override
    Exit run(ApiClient api) {
      show(api.send("POST", path() + "/resume", null));
      return Exit.DONE;
    }
  }

  /** Goes back. */
  @Command(name = "rollback", sortOptions = false, description = {
      "Return all resources to an earlier revision of an adapter, at once.",
      "The revision that you left does not come back while its folder is still mounted; any other announced revision ends this.",
      "Jobs that have run are not run again before the next generation of their resource, or a retry."})
  public static final class Rollback extends OfAdapter {

    @Option(names = "--to", paramLabel = "<revision>", description = "Digest or its first characters; the previous revision if absent.")
    private String to;

    @Override
    Exit run(ApiClient api) {
      var body = ApiClient.object();
      if (to != null) {
        body.put("revision", digest(api));
      }
      show(api.send("POST", path() + "/rollback", body));
      return Exit.DONE;
    }

    private String digest(ApiClient api) {
      List<String> found = StreamSupport
          .stream(api.get(path() + "/revisions").body().path("items").spliterator(), false)
          .map(item -> item.path("digest").asText()).filter(digest -> digest.startsWith(to)).toList();
      if (found.size() != 1) {
        throw new FleetException(found.isEmpty() ? Exit.NOT_FOUND : Exit.WRONG,
            (found.isEmpty() ? "no revision of " : found.size() + " revisions of ") + adapter() + " begins with '" + to
                + "'");
      }
      return found.get(0);
    }
  }

  /** How far a rollout is, in a line or some. */
  static List<String> lines(JsonNode adapter, Times times) {
    var rollout = adapter.path("rollout");
    var name = adapter.path("name").asText();
    if (rollout.isMissingNode()) {
      return List.of(name + ": resources follow the folder, " + brief(adapter.path("wanted_revision")));
    }
    var state = rollout.path("state").asText();
    var first = name + ": " + words(rollout) + ", for " + times.age(rollout.path("since").asText());
    var more = rollout.hasNonNull("from_revision")
        ? "  from " + brief(rollout.path("from_revision")) + " to " + brief(rollout.path("to_revision"))
        : "  all resources follow " + brief(rollout.path("to_revision"));
    var counts = rollout.hasNonNull("moved")
        ? "  moved " + rollout.path("moved").asText() + ": " + rollout.path("healthy").asText() + " healthy, "
            + rollout.path("failed").asText() + " failed, " + rollout.path("pending").asText() + " have not answered"
        : "";
    var last = rollout.hasNonNull("reason")
        ? "  " + rollout.path("reason").asText()
        : rollout.hasNonNull("held_revision")
            ? "  held: " + brief(rollout.path("held_revision")) + " does not come back by itself"
            : state.equals("rolling") && rollout.hasNonNull("next_wave_time")
                ? "  next wave not before " + rollout.path("next_wave_time").asText()
                : "";
    return List.of(first, more, counts, last).stream().filter(line -> !line.isEmpty()).toList();
  }

  /** State and wave. */
  static String words(JsonNode rollout) {
    var state = rollout.path("state").asText();
    return rollout.path("waves").asInt() == 0 || state.equals("done")
        ? state
        : state + ", wave " + rollout.path("wave").asText() + " of " + rollout.path("waves").asText();
  }

  static String brief(JsonNode digest) {
    var text = digest.asText();
    return text.length() > SHORT ? text.substring(0, SHORT) : text;
  }
}
