package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.Terminal.Colour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The state of an adapter for a resource, with the reason and hints.
 *
 * @param names adapters in the same state
 * @param since absolute time, or empty
 * @param why reason and message of the report; empty without any
 * @param hints lines that say what to do and where to find more; values in them are validated, since people copy them
 * into a shell
 * @param retryable whether a retry is possible: a Job has failed, or is gone
 */
record AdapterRow(List<String> names, State state, String since, String why, List<String> hints, boolean retryable) {

  private static final Set<String> ENDED = Set.of("JobFailed", "JobGone");

  /** States, worst first. */
  enum State {
    FAILED("Failed", Colour.BAD), BROKEN("Broken", Colour.BAD), SUSPENDED("Suspended", Colour.BUSY), SILENT(
        "No report", Colour.BAD), IN_PROGRESS("In progress", Colour.BUSY), WAITING("Waiting",
            Colour.BUSY), FINALIZED("Finalized", Colour.GOOD), AVAILABLE("Available", Colour.GOOD);

    private final String word;
    private final Colour colour;

    State(String word, Colour colour) {
      this.word = word;
      this.colour = colour;
    }

    String word() {
      return word;
    }

    Colour colour() {
      return colour;
    }

    boolean healthy() {
      return this == AVAILABLE || this == FINALIZED;
    }
  }

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");

  /** Whether text has no special meaning in a shell. */
  static boolean plain(String text) {
    return PLAIN.matcher(text).matches();
  }

  /**
   * The adapters of a resource, worst first.
   *
   * @param adapters the API's data of each adapter requested by name; may be empty
   * @param target the resource in a command, such as {@code cluster my-cluster}
   * @param command the beginning of every command
   */
  static List<AdapterRow> of(JsonNode resource, Map<String, JsonNode> adapters, String target, String command) {
    var reports = new LinkedHashMap<String, JsonNode>();
    resource.path("adapter_statuses").forEach(report -> reports.put(report.path("adapter").asText(), report));
    var names = new TreeSet<>(reports.keySet());
    adapters.forEach((name, adapter) -> {
      if (contains(adapter.path("required_by"), resource.path("kind").asText())) {
        names.add(name);
      }
    });
    var rows = new ArrayList<AdapterRow>();
    names.forEach(name -> rows.add(row(resource, name, reports.get(name),
        adapters.getOrDefault(name, ApiClient.object()), target, command)));
    rows.sort(Comparator.comparing(AdapterRow::state));
    return rows;
  }

  private static boolean contains(JsonNode list, String text) {
    return StreamSupport.stream(list.spliterator(), false).anyMatch(item -> item.asText().equals(text));
  }

  private static AdapterRow row(JsonNode resource, String name, JsonNode report, JsonNode adapter, String target,
      String command) {
    int generation = generation(resource);
    boolean current = report != null && report.path("observed_generation").asInt() == generation;
    var available = condition(report, "Available");
    var state = state(resource, current ? report : null, adapter);
    var why = current
        ? join(available.path("reason").asText(), available.path("message").asText())
        : report == null
            ? "has never reported"
            : "has not reported on generation " + generation + ", last report on "
                + report.path("observed_generation").asInt();
    var since = current
        ? available.path("last_transition_time").asText()
        : report == null ? resource.path("created_time").asText() : report.path("last_report_time").asText();
    return new AdapterRow(List.of(name), state, since, why, hints(name, state, current ? report : null, adapter,
        resource, target, command), state == State.FAILED && ended(report, generation));
  }

  private static String join(String reason, String message) {
    return message.isEmpty() ? reason : reason.isEmpty() ? message : reason + ": " + message;
  }

  private static State state(JsonNode resource, JsonNode report, JsonNode adapter) {
    if (report != null && resource.hasNonNull("deleted_time")
        && condition(report, "Finalized").path("status").asText().equals("True")) {
      return State.FINALIZED;
    }
    var available = condition(report, "Available");
    var status = available.path("status").asText();
    if (report != null && status.equals("True") && !resource.hasNonNull("deleted_time")) {
      return State.AVAILABLE;
    }
    if (adapter.path("suspended").asBoolean()) {
      return State.SUSPENDED;
    }
    if (report == null) {
      return adapter.path("broken").isEmpty() ? State.SILENT : State.BROKEN;
    }
    if (status.equals("False")) {
      return available.path("reason").asText().equals("PreconditionsNotMet") ? State.WAITING : State.FAILED;
    }
    return State.IN_PROGRESS;
  }

  private static JsonNode condition(JsonNode report, String type) {
    if (report != null) {
      for (JsonNode condition : report.path("conditions")) {
        if (condition.path("type").asText().equals(type)) {
          return condition;
        }
      }
    }
    return ApiClient.object();
  }

  private static List<String> hints(String name, State state, JsonNode report, JsonNode adapter, JsonNode resource,
      String target, String command) {
    var hints = new ArrayList<String>();
    adapter.path("broken").forEach(broken -> hints.add("do:   correct " + name + "/" + broken.path("file").asText()
        + (broken.hasNonNull("line") ? ", line " + broken.path("line").asText() : "") + ": "
        + broken.path("message").asText()));
    if (state == State.SUSPENDED) {
      hints.add("do:   remove spec.suspend from " + name + "/adapter.yaml");
    }
    if (state == State.SILENT && adapter.has("announcers") && adapter.path("announcers").asInt() == 0) {
      hints.add("do:   start a process that runs it; none is running");
    } else if (state == State.SILENT || state == State.BROKEN) {
      hints.add("see:  " + command + "events " + target);
    }
    boolean paused = resource.path("paused").asBoolean() || resource.hasNonNull("deleted_time");
    if (state == State.FAILED && asked(report, generation(resource))) {
      hints.add("retry: attempt " + report.at("/retry/wanted_attempt").asText() + " requested by "
          + report.at("/retry/requested_by").asText() + " at " + report.at("/retry/requested_time").asText());
    } else if (state == State.FAILED && !paused && ended(report, generation(resource)) && plain(name)) {
      hints.add("do:   " + command + "retry " + target + " " + name);
    } else if (state == State.FAILED && !ended(report, generation(resource))) {
      hints.add("do:   fix the cause in the message; the adapter tries again with every event");
    }
    if (!state.healthy()) {
      kubectl(report, state, ended(report, generation(resource)), hints);
    }
    return hints;
  }

  private static int generation(JsonNode resource) {
    return resource.path("generation").asInt();
  }

  /** Whether a requested retry has not started yet. */
  private static boolean asked(JsonNode report, int generation) {
    var retry = report == null ? ApiClient.object() : report.path("retry");
    return retry.path("generation").asInt() == generation && StreamSupport
        .stream(report.path("launched").spliterator(), false)
        .noneMatch(job -> job.path("attempt").asInt() >= retry.path("wanted_attempt").asInt());
  }

  private static boolean ended(JsonNode report, int generation) {
    return report != null && (ENDED.contains(condition(report, "Available").path("reason").asText())
        || StreamSupport.stream(report.path("launched").spliterator(), false)
            .anyMatch(job -> job.path("generation").asInt() == generation
                && job.path("result").asText().equals("Failed")));
  }

  private static void kubectl(JsonNode report, State state, boolean ended, List<String> hints) {
    var job = report == null ? "" : report.at("/metadata/job_name").asText();
    var namespace = report == null ? "" : report.at("/metadata/job_namespace").asText();
    if (plain(job) && plain(namespace)) {
      hints.add("see:  kubectl --namespace " + namespace + (state == State.FAILED && ended
          ? " logs job/" + job
          : " describe pods --selector job-name=" + job));
    }
  }

  /** Merges rows in the same state; hints name the adapter, so rows with hints are not merged. */
  static List<AdapterRow> grouped(List<AdapterRow> rows) {
    var groups = new LinkedHashMap<List<Object>, AdapterRow>();
    for (AdapterRow row : rows) {
      groups.merge(List.of(row.state(), row.why(), row.hints()), row, AdapterRow::with);
    }
    return List.copyOf(groups.values());
  }

  private AdapterRow with(AdapterRow other) {
    var all = new ArrayList<>(names);
    all.addAll(other.names);
    return new AdapterRow(all, state, since.compareTo(other.since) <= 0 ? since : other.since, why, hints,
        retryable);
  }
}
