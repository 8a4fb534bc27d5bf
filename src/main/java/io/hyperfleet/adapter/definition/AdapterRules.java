package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.template.AdapterTemplate;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.YamlDocument;
import io.hyperfleet.kubernetes.ObjectNames;
import io.hyperfleet.rollout.RolloutPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Rules that a schema cannot express: keys that contradict the template, and requirements for manifests. */
final class AdapterRules {

  private static final Map<String, String> TYPE = new TreeMap<>(Map.of("apiVersion",
      "([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?v[a-z0-9]+", "kind", "[A-Z][A-Za-z0-9]*"));

  private static final int LONGEST_TYPE = 100;

  private AdapterRules() {}

  /** Checks the keys of an {@code adapter.yaml} against its template. */
  static void check(YamlDocument document, Map<?, ?> spec, AdapterTemplate template, AdapterProblems problems) {
    boolean one = spec.containsKey("manifest");
    boolean many = spec.containsKey("manifests");
    if (one && many) {
      problems.error(document, "spec.manifests", "set manifest or manifests, not both");
    }
    if (template.runsJob()) {
      if (many) {
        problems.error(document, "spec.manifests", "a job-adapter runs exactly one Job; set manifest instead");
      } else if (!one) {
        problems.error(document, "spec.manifest", "missing; a job-adapter needs the manifest of its Job");
      }
    } else {
      for (String key : List.of("cleanUpAfterSuccess", "retry")) {
        if (spec.containsKey(key)) {
          problems.error(document, "spec." + key, "only allowed for a job-adapter");
        }
      }
      if (!one && !many) {
        problems.error(document, "spec.manifests", "missing; a resource-adapter needs manifest or manifests");
      }
      if (!(spec.get("postconditions") instanceof Map<?, ?> map) || map.isEmpty()) {
        problems.error(document, "spec.postconditions",
            "missing; a resource-adapter needs postconditions, which decide when it is Available");
      }
    }
    Set<Object> names = new HashSet<>();
    if (template.runsJob()) {
      names.add("job");
    }
    checkNames(document, spec, "manifests", names, problems);
    checkNames(document, spec, "discover", names, problems);
    checkDiscovery(document, spec, problems);
    if (spec.get("rollout") instanceof Map<?, ?> rollout && rollout.get("waves") instanceof List<?> waves) {
      checkWaves(document, waves, problems);
    }
  }

  private static void checkWaves(YamlDocument document, List<?> waves, AdapterProblems problems) {
    int before = 0;
    for (int i = 0; i < waves.size(); i++) {
      var wave = (Map<?, ?>) waves.get(i);
      var key = YamlDocument.child("spec.rollout.waves", i);
      if (wave.containsKey("match") == wave.containsKey("percent")) {
        problems.error(document, key, "one of match and percent is allowed, and needed");
      } else if (wave.get("percent") instanceof Number percent) {
        if (percent.intValue() <= before) {
          problems.error(document, key + ".percent", "takes nothing: a wave before it is of " + before
              + " percent; more than that is allowed");
        }
        before = Math.max(before, percent.intValue());
      }
    }
    if (!RolloutPlan.isAll(((Map<?, ?>) waves.get(waves.size() - 1)).get("percent"))) {
      problems.error(document, "spec.rollout.waves", "the last wave leaves resources behind; allowed is percent: 100");
    }
  }

  private static void checkNames(YamlDocument document, Map<?, ?> spec, String key, Set<Object> names,
      AdapterProblems problems) {
    if (spec.get(key) instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Map<?, ?> item && !names.add(item.get("name"))) {
          problems.error(document, "spec." + key + "[" + i + "].name", "duplicate name");
        }
      }
    }
  }

  private static void checkDiscovery(YamlDocument document, Map<?, ?> spec, AdapterProblems problems) {
    if (spec.get("discover") instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        var item = (Map<?, ?>) list.get(i);
        if (item.containsKey("byName") == item.containsKey("byLabels")) {
          problems.error(document, "spec.discover[" + i + "]", "set either byName or byLabels");
        }
        var key = "spec.discover[" + i + "].";
        if (isLiteral(item.get("byName"))) {
          check(document, key + "byName", problems, at -> ObjectNames.name(at, (String) item.get("apiVersion"),
              (String) item.get("kind"), (String) item.get("byName")));
        }
        if (item.get("byLabels") instanceof Map<?, ?> labels) {
          labels.forEach((label, value) -> check(document, key + "byLabels." + label, problems,
              at -> ObjectNames.labels(at, Map.of((String) label, isLiteral(value) ? (String) value : ""))));
        }
      }
    }
  }

  /** Values of expressions are checked after rendering. */
  private static boolean isLiteral(Object text) {
    return text instanceof String literal && !literal.contains("${");
  }

  private static void check(YamlDocument document, String key, AdapterProblems problems, Consumer<String> check) {
    try {
      check.accept("");
    } catch (IllegalArgumentException e) {
      problems.error(document, key, e.getMessage());
    }
  }

  /** Checks a manifest before it is rendered. */
  static void check(YamlDocument manifest, AdapterTemplate template, AdapterProblems problems) {
    if (!(manifest.value() instanceof Map<?, ?> object)) {
      problems.error(manifest, "", "not a Kubernetes object; set apiVersion, kind and metadata");
      return;
    }
    boolean job = template.runsJob();
    TYPE.forEach((key, form) -> {
      // Both become parameters of a route, where Camel would evaluate a placeholder.
      if (!(object.get(key) instanceof String text) || text.length() > LONGEST_TYPE || !text.matches(form)) {
        problems.error(manifest, key, "missing or not a constant; must match " + form
            + " and have at most " + LONGEST_TYPE + " characters");
      }
    });
    if (job && !("batch/v1".equals(object.get("apiVersion")) && "Job".equals(object.get("kind")))) {
      problems.error(manifest, "kind", "a job-adapter runs a Job; must be apiVersion batch/v1 and kind Job");
    }
    Map<?, ?> metadata = object.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    if (!job && metadata.get("name") == null) {
      problems.error(manifest, "metadata.name", "missing; objects of a resource-adapter need a name");
    } else if (!job && isLiteral(metadata.get("name"))) {
      check(manifest, "metadata.name", problems, at -> ObjectNames.name(at, String.valueOf(object.get("apiVersion")),
          String.valueOf(object.get("kind")), (String) metadata.get("name")));
    }
  }
}
