package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Waits for a state of a resource. */
@Command(name = "wait", sortOptions = false, description = {"Wait until a resource is Ready, gone, or has a condition.",
    "Exit code 0: condition met; 8: timed out, with the reason; 4: no such resource."})
public final class WaitCommand extends FleetCommand {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s|m|h)");
  private static final Pattern CONDITION = Pattern
      .compile("condition=([A-Za-z][A-Za-z0-9]*)(?:=(True|False|Unknown))?");
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Mixin
  private Target target;

  @Option(names = "--for", paramLabel = "<state>", defaultValue = "ready", description = "ready, deleted, or "
      + "condition=<type>[=<status>], where the status is True unless given. Default: ready.")
  private String wanted;

  @Option(names = "--timeout", paramLabel = "<duration>", defaultValue = "10m", description = "Such as 30s, 10m or "
      + "1h. Default: 10m.")
  private String timeout;

  @Override
  Exit run(ApiClient api) {
    var condition = CONDITION.matcher(wanted);
    if (!wanted.equals("ready") && !wanted.equals("deleted") && !condition.matches()) {
      throw new FleetException(Exit.WRONG,
          "--for " + wanted + ": must be ready, deleted or condition=<type>[=<status>]");
    }
    var limit = duration();
    var end = Instant.now().plus(limit);
    var resources = new FleetResources(api);
    var plural = resources.plural(target.kind());
    String id = null;
    while (true) {
      Exit result = Exit.NOT_YET;
      String why;
      try {
        var resource = id == null
            ? resources.named(plural, target.name()).body()
            : api.get(FleetResources.path(plural, id)).body();
        id = resource.path("id").asText();
        if (reached(resource)) {
          print(target + " is " + state());
          return Exit.DONE;
        }
        why = new ResourceLine(resource, new Times(Instant.now())).why();
      } catch (FleetException e) {
        // Waiting continues while an API restarts; every other error is final.
        if (e.exit() == Exit.NOT_FOUND && wanted.equals("deleted")) {
          print(target + " is deleted");
          return Exit.DONE;
        }
        if (e.exit() != Exit.AWAY) {
          throw e;
        }
        result = Exit.AWAY;
        why = e.getMessage();
      }
      if (Instant.now().plus(PAUSE).isAfter(end)) {
        throw new FleetException(result, target + " is not " + state() + " within " + Times.of(limit) + ": " + why);
      }
      if (!pause(PAUSE)) {
        throw new FleetException(Exit.NOT_YET, "interrupted");
      }
    }
  }

  private Duration duration() {
    var duration = DURATION.matcher(timeout);
    if (!duration.matches()) {
      throw new FleetException(Exit.WRONG, "--timeout " + timeout + ": must be a number followed by ms, s, m or h");
    }
    long number = Long.parseLong(duration.group(1));
    return switch (duration.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private String state() {
    return wanted.equals("ready") ? "Ready" : wanted.replaceFirst("^condition=", "");
  }

  private boolean reached(JsonNode resource) {
    if (wanted.equals("ready")) {
      return resource.at("/status/phase").asText().equals("Ready");
    }
    var condition = CONDITION.matcher(wanted);
    if (condition.matches()) {
      for (JsonNode one : resource.at("/status/conditions")) {
        if (one.path("type").asText().equals(condition.group(1))) {
          return one.path("status").asText().equals(condition.group(2) == null ? "True" : condition.group(2));
        }
      }
    }
    return false;
  }
}
