package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.dryrun.Trace.Checked;
import io.hyperfleet.yaml.KubectlYaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;

/** A trace for people. */
final class TraceText {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringBuilder text = new StringBuilder();

  private TraceText() {}

  static String of(Trace trace) {
    return new TraceText().write(trace);
  }

  private String write(Trace trace) {
    title("Adapter " + trace.adapter() + ", event " + trace.event());
    title("Variables");
    yaml(trace.variables());
    title("Decision");
    trace.decision().forEach((name, value) -> line("  " + name + ": " + value));
    trace.appliesWhen().forEach(this::condition);
    conditions("Preconditions", trace.preconditions());
    title("Kubernetes");
    trace.changes().forEach(this::change);
    if (trace.changes().isEmpty()) {
      line("  no changes");
    }
    conditions("Postconditions", trace.postconditions());
    title("Report");
    for (var report : trace.reports()) {
      line("  PUT " + report.path());
      yaml(report.body());
    }
    title(trace.failed() ? "Result: FAILED" : "Result: OK");
    trace.problems().forEach(problem -> line("  " + problem));
    return text.toString();
  }

  private void conditions(String name, List<Checked> conditions) {
    if (!conditions.isEmpty()) {
      title(name);
    }
    conditions.forEach(this::condition);
  }

  private void condition(Checked condition) {
    line("  [" + condition.result() + "] " + condition.name() + ": " + condition.expression().strip());
    condition.why().forEach(reason -> line("      " + reason));
  }

  private void change(StandInKubernetes.Change change) {
    line("  " + change.verb() + " " + change.kind() + " " + (change.namespace() == null ? "" : change.namespace() + "/")
        + (change.name() == null ? "(all objects of the adapter)" : change.name()) + ": "
        + (change.message() == null ? "accepted" : "refused with " + change.status() + ", " + change.message()));
    if (!change.object().isEmpty()) {
      yaml(change.object());
    }
  }

  private void yaml(Map<String, Object> value) {
    yaml((Object) value).lines().forEach(line -> line("    " + line));
  }

  /** A value as YAML in block style. */
  static String yaml(Object value) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    return KubectlYaml.write(options, plain(value));
  }

  /** A copy in plain maps and lists, so that nothing is dumped as an anchor or a Java type. */
  static Object plain(Object value) {
    return JSON.convertValue(value, Object.class);
  }

  private void title(String title) {
    text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** A trace as one JSON value. */
  static Map<String, Object> json(Trace trace) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("result", trace.failed() ? "failed" : "ok");
    json.putAll(JSON.convertValue(trace, JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class,
        Object.class)));
    return json;
  }
}
