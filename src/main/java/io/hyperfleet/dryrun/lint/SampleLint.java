package io.hyperfleet.dryrun.lint;

import io.hyperfleet.adapter.definition.AdapterCondition;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterVariables;
import io.hyperfleet.adapter.definition.DiscoveredObject;
import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.adapter.definition.ManifestException;
import io.hyperfleet.adapter.definition.ManifestForm;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelProgram;
import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.policy.ManifestRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Evaluates every expression of an adapter on samples, in the order of handling an event: for a sample that does not
 * meet a precondition, later expressions are not evaluated. Creates nothing, and runs no routes.
 */
public final class SampleLint {

  private static final String CASES = "cases";

  private final AdapterDefinition adapter;
  private final Path folder;
  private final Kind kind;
  private final ManifestRules rules;
  /** What was found, with the first sample on which it was. */
  private final Map<String, String> found = new LinkedHashMap<>();
  private boolean everDue;

  /**
   * The expressions of one adapter.
   *
   * @param folder its folder, whose golden cases are samples, too
   * @param kind the kind that it acts on
   */
  public SampleLint(AdapterDefinition adapter, Path folder, Kind kind, ManifestRules rules) {
    this.adapter = adapter;
    this.folder = folder;
    this.kind = kind;
    this.rules = rules;
  }

  /**
   * What has no result on some sample, in a line each, with file, line, key, the reason, and the sample.
   *
   * @param clusters files with clusters that are samples beside those that there are anyway
   * @param complete whether to tell that no sample got beyond the preconditions
   * @throws InputException when one of those cannot be used
   */
  public List<String> warnings(List<String> clusters, boolean complete) {
    var others = adapter.mentionedAdapters();
    List<Sample> samples = new ArrayList<>(Sample.least(kind, others));
    clusters.forEach(file -> samples.addAll(Sample.ofFile(kind, file, others)));
    samples.addAll(cases());
    samples.forEach(this::evaluate);
    List<String> warnings = new ArrayList<>();
    if (complete && !everDue && found.isEmpty()) {
      warnings.add(folder + "/adapter.yaml: no sample meets appliesWhen and all preconditions, so manifests, "
          + "postconditions and data were not evaluated; give a sample with --cluster or as a golden case");
    }
    found.forEach((text, sample) -> warnings.add(text + (sample.isEmpty() ? "" : " (" + sample + ")")));
    return warnings;
  }

  /** Golden cases of the folder; an unusable one is reported and does not affect others. */
  private List<Sample> cases() {
    var parent = folder.resolve(CASES);
    List<Sample> samples = new ArrayList<>();
    if (!Files.isDirectory(parent)) {
      return samples;
    }
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path one : folders.filter(Files::isDirectory).sorted().toList()) {
        try {
          Sample.ofCase(kind, one).ifPresent(samples::add);
        } catch (InputException e) {
          e.getMessage().lines().forEach(line -> found.putIfAbsent(line, ""));
        }
      }
    } catch (IOException e) {
      throw new InputException(parent + ": not a readable folder of cases", e);
    }
    return samples;
  }

  private void evaluate(Sample sample) {
    var variables = AdapterVariables.of(adapter, sample.resource(), sample.cluster(), event(sample), Instant.now());
    boolean applies;
    try {
      applies = adapter.applies(variables);
    } catch (CelEvaluationException e) {
      add(sample, "spec.appliesWhen", e);
      return;
    }
    boolean due = applies;
    if (applies) {
      for (AdapterCondition condition : adapter.preconditions()) {
        due &= isMet(sample, condition, variables);
      }
    }
    everDue |= due;
    var resources = due ? render(sample, variables) : new LinkedHashMap<String, Object>();
    variables.put("resources", resources);
    if (due) {
      adapter.discover().forEach(object -> name(sample, object, variables));
      addObjects(sample, resources);
      adapter.postconditions().forEach(condition -> isMet(sample, condition, variables));
      adapter.data().forEach((name, value) -> {
        if (value instanceof CelProgram program) {
          try {
            program.evaluate(variables);
          } catch (CelEvaluationException e) {
            addUnlessAwaited(sample, "data '" + name + "'", e);
          }
        }
      });
    }
    report(sample, variables);
  }

  private static Map<String, Object> event(Sample sample) {
    Map<String, Object> event = new LinkedHashMap<>();
    for (String key : List.of("id", "kind", "generation", "owner_references")) {
      if (sample.resource().containsKey(key)) {
        event.put(key, sample.resource().get(key));
      }
    }
    event.put("event_id", "sample");
    event.put("type", "sample");
    event.put("time", Sample.TIME);
    event.put("reason", "");
    return event;
  }

  private boolean isMet(Sample sample, AdapterCondition condition, Map<String, Object> variables) {
    try {
      return condition.program().test(variables);
    } catch (CelEvaluationException e) {
      addUnlessAwaited(sample, "'" + condition.name() + "'", e);
      return false;
    }
  }

  /** The objects that would be sent, by their names. */
  private Map<String, Object> render(Sample sample, Map<String, Object> variables) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    for (var manifest : adapter.manifests()) {
      var failures = manifest.failures(variables);
      for (ManifestException failure : failures) {
        if (!(failure.getCause() instanceof CelEvaluationException e && isUnknown(sample, e))) {
          add(sample, failure.getMessage());
        }
      }
      if (failures.isEmpty()) {
        try {
          var object = manifest.render(variables);
          ManifestForm.check(new AdapterDefinition.RenderedManifest(manifest.name(), object), manifest, adapter);
          rules.violations(adapter.name(), adapter.namespace(), object).forEach(violation -> add(sample,
              manifest.file() + ": " + violation.path() + ": " + violation.words()));
          rendered.put(manifest.name(), object);
        } catch (ManifestException | UnusableManifestException e) {
          add(sample, e.getMessage());
        }
      }
    }
    return rendered;
  }

  private void name(Sample sample, DiscoveredObject object, Map<String, Object> variables) {
    try {
      object.objectName(variables);
      object.labels(variables);
    } catch (CelEvaluationException e) {
      addUnlessAwaited(sample, "discover '" + object.name() + "'", e);
    } catch (IllegalArgumentException e) {
      add(sample, folder + "/adapter.yaml: spec.discover '" + object.name() + "': " + e.getMessage());
    }
  }

  /** The sample's objects stand for those that the adapter has created and discovered: the first of a kind. */
  private void addObjects(Sample sample, Map<String, Object> resources) {
    adapter.manifests().forEach(manifest -> sample.objects().stream()
        .filter(object -> manifest.type().apiVersion().equals(object.get("apiVersion"))
            && manifest.type().kind().equals(object.get("kind")))
        .findFirst().ifPresent(object -> resources.put(manifest.name(), object)));
    adapter.discover().forEach(wanted -> sample.objects().stream()
        .filter(object -> wanted.apiVersion().equals(object.get("apiVersion"))
            && wanted.kind().equals(object.get("kind")))
        .findFirst().ifPresent(object -> resources.put(wanted.name(), object)));
  }

  /** Conditions and messages of the adapter's own, which stand in every report. */
  private void report(Sample sample, Map<String, Object> variables) {
    List<String> failed = new ArrayList<>();
    adapter.reporting().complete(Stream.of("Applied", "Available", "Health")
        .<Map<String, Object>>map(type -> new LinkedHashMap<>(Map.of("type", type, "status", "True", "reason",
            "Sample", "message", "")))
        .toList(), "", variables, failed);
    failed.addAll(adapter.reporting().failedMessages(variables));
    failed.forEach(text -> add(sample, placed(text)));
  }

  private void addUnlessAwaited(Sample sample, String what, CelEvaluationException e) {
    if (!ExpressionErrors.isAwaited(e)) {
      add(sample, what, e);
    }
  }

  /** Whether it fails only since a sample's reports are made up. */
  private static boolean isUnknown(Sample sample, CelEvaluationException e) {
    return sample.invented() && ExpressionErrors.isAwaited(e);
  }

  private void add(Sample sample, String what, CelEvaluationException e) {
    if (!isUnknown(sample, e)) {
      add(sample, placed(ExpressionErrors.describe(what, e)));
    }
  }

  /** With the path of the file, where there is only its name and that of the folder. */
  private String placed(String text) {
    var parent = folder.getParent();
    return parent != null && text.startsWith(folder.getFileName() + "/") ? parent + "/" + text : text;
  }

  private void add(Sample sample, String text) {
    found.putIfAbsent(text, sample.name());
  }
}
