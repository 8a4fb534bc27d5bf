package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.TemplateText;
import io.hyperfleet.adapter.expression.TemplateText.InvalidTemplateException;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.YamlDocument;
import io.hyperfleet.cel.CelCompileException;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelException;
import io.hyperfleet.cel.CelProgram;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compiles the CEL expressions of one adapter, and records where they refer to other adapters. */
final class AdapterExpressions {

  /** In addition to the usual variables: the report about to be sent. */
  static final String REPORT = "report";

  private static final Pattern BEFORE_ANYTHING_IS_MADE = Pattern.compile("spec\\.(appliesWhen$|preconditions\\.)");

  private record Place(YamlDocument document, String key) {}

  private final CelEngine engine;
  private final AdapterProblems problems;
  private final Set<String> variables;
  private final Set<String> reportVariables;
  private final Map<String, Place> mentioned = new TreeMap<>();
  private final Map<CelProgram, Place> programs = new LinkedHashMap<>();

  AdapterExpressions(CelEngine engine, AdapterProblems problems, Set<String> variables) {
    this.engine = engine;
    this.problems = problems;
    this.variables = variables;
    this.reportVariables = new TreeSet<>(variables);
    reportVariables.add(REPORT);
  }

  /** The other adapters that expressions refer to. */
  Set<String> mentionedAdapters() {
    return Set.copyOf(mentioned.keySet());
  }

  /**
   * Which changes without a new generation all of them depend on.
   *
   * @param jobs names of the adapter's Jobs
   */
  Reads reads(Set<String> jobs) {
    return Reads.of(programs.keySet(), engine, jobs);
  }

  /** Warns of every name that no adapter has. */
  void warnOfUnknownAdapters(Collection<String> known) {
    mentioned.forEach((name, place) -> {
      if (!known.contains(name)) {
        problems.warning(place.document(), place.key(), "refers to the adapter '" + name
            + "', which is not known here; known: " + String.join(", ", known));
      }
    });
  }

  /** Adds an error for every unknown name in an expression. */
  void checkNames(ExpressionNameCheck names) {
    programs.forEach((program, place) -> program.selections().forEach(selection -> names.mistake(selection)
        .ifPresent(mistake -> problems.error(place.document(), place.key(),
            "CEL '" + CelException.shortened(program.source()) + "': " + mistake))));
    programs.forEach((program, place) -> {
      if (BEFORE_ANYTHING_IS_MADE.matcher(place.key()).lookingAt() && program.variables().contains("resources")) {
        problems.warning(place.document(), place.key(), "CEL '" + CelException.shortened(program.source())
            + "': reads resources, which are empty until the adapter has acted; move it to postconditions, data or "
            + "conditions");
      }
    });
  }

  ManifestTemplate manifest(String name, YamlDocument document) {
    var manifest = ManifestTemplate.compile(name, document, engine, variables, problems);
    manifest.programs().forEach((path, all) -> all.forEach(program -> note(document, path, program)));
    return manifest;
  }

  /** The condition of a key that may be absent. */
  Optional<CelProgram> optional(YamlDocument document, String key, Object source) {
    return source instanceof String text
        ? Optional.ofNullable(condition(document, key, text))
        : Optional.empty();
  }

  List<AdapterCondition> conditions(YamlDocument document, String key, Object source) {
    List<AdapterCondition> conditions = new ArrayList<>();
    entries(source).forEach((name, item) -> conditions.add(new AdapterCondition(name,
        condition(document, YamlDocument.child(key, name), (String) item))));
    return conditions;
  }

  Map<String, Object> data(YamlDocument document, String key, Object source) {
    Map<String, Object> data = new LinkedHashMap<>();
    entries(source).forEach((name, item) -> data.put(name, item instanceof String text
        ? program(document, YamlDocument.child(key, name), text, variables)
        : item));
    return data;
  }

  AdapterReporting reporting(YamlDocument document, Map<?, ?> spec) {
    List<CustomCondition> conditions = new ArrayList<>();
    entries(spec.get("conditions")).forEach((type, item) -> {
      var key = "spec.conditions." + type;
      if (item instanceof Map<?, ?> parts) {
        conditions.add(new CustomCondition(type,
            status(document, key + ".status", (String) parts.get("status")),
            text(document, key + ".reason", parts.get("reason"), reportVariables),
            text(document, key + ".message", parts.get("message"), reportVariables)));
      } else {
        conditions.add(new CustomCondition(type, status(document, key, (String) item),
            Optional.empty(), Optional.empty()));
      }
    });
    Map<String, TemplateText> messages = new LinkedHashMap<>();
    entries(spec.get("messages"))
        .forEach((reason, item) -> text(document, "spec.messages." + reason, item, reportVariables)
            .ifPresent(text -> messages.put(reason, text)));
    return new AdapterReporting(List.copyOf(conditions), Map.copyOf(messages));
  }

  List<DiscoveredObject> discover(YamlDocument document, Object source) {
    List<DiscoveredObject> objects = new ArrayList<>();
    if (source instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        var item = (Map<?, ?>) list.get(i);
        var key = YamlDocument.child("spec.discover", i);
        Map<String, TemplateText> labels = new LinkedHashMap<>();
        entries(item.get("byLabels")).forEach((label, value) -> text(document,
            key + ".byLabels." + label, value, variables).ifPresent(text -> labels.put(label, text)));
        objects.add(new DiscoveredObject((String) item.get("name"), (String) item.get("apiVersion"),
            (String) item.get("kind"), text(document, key + ".byName", item.get("byName"), variables),
            Map.copyOf(labels)));
      }
    }
    return List.copyOf(objects);
  }

  /** Checks the expressions of waves; the API evaluates them. */
  void waves(YamlDocument document, Object rollout, Set<String> names) {
    if (rollout instanceof Map<?, ?> map && map.get("waves") instanceof List<?> waves) {
      for (int i = 0; i < waves.size(); i++) {
        if (waves.get(i) instanceof Map<?, ?> wave && wave.get("match") instanceof String source) {
          var key = YamlDocument.child("spec.rollout.waves", i) + ".match";
          try {
            checkCondition(document, key, engine.compile(source, names));
          } catch (CelCompileException e) {
            problems.error(document, key, e.getMessage());
          }
        }
      }
    }
  }

  private CelProgram condition(YamlDocument document, String key, String source) {
    var program = program(document, key, source, variables);
    if (program != null) {
      checkCondition(document, key, program);
    }
    return program;
  }

  private void checkCondition(YamlDocument document, String key, CelProgram program) {
    if (!program.mayBeBoolean()) {
      problems.error(document, key, result(program) + "; must be true or false");
    }
  }

  private CelProgram status(YamlDocument document, String key, String source) {
    var program = program(document, key, source, reportVariables);
    if (program != null && !program.mayBeBoolean() && !program.mayBeText()) {
      problems.error(document, key, result(program)
          + "; must be true, false, 'True', 'False' or 'Unknown'");
    }
    return program;
  }

  private static String result(CelProgram program) {
    return "CEL '" + CelException.shortened(program.source()) + "': the result has the type " + program.resultType();
  }

  private CelProgram program(YamlDocument document, String key, String source, Set<String> names) {
    try {
      var program = engine.compile(source, names);
      note(document, key, program);
      return program.at(problems.place(document, key));
    } catch (CelCompileException e) {
      problems.error(document, key, e.getMessage());
      return null;
    }
  }

  private Optional<TemplateText> text(YamlDocument document, String key, Object source, Set<String> names) {
    if (!(source instanceof String text)) {
      return Optional.empty();
    }
    try {
      var compiled = TemplateText.compile(text, engine, names);
      compiled.programs().forEach(program -> note(document, key, program));
      return Optional.of(compiled.at(problems.place(document, key)));
    } catch (InvalidTemplateException e) {
      problems.error(document, key, e.getMessage());
      return Optional.empty();
    }
  }

  private void note(YamlDocument document, String key, CelProgram program) {
    programs.put(program, new Place(document, key));
    program.membersOf("adapters").forEach(name -> mentioned.putIfAbsent(name, new Place(document, key)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> entries(Object source) {
    return source instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
