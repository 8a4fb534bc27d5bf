package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.template.AdapterTemplate;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.YamlDocument;
import io.hyperfleet.policy.ManifestProblem;
import io.hyperfleet.policy.StrictManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks that a manifest can be sent to Kubernetes without converting or dropping anything: when it is loaded, and
 * again when it is rendered.
 */
public final class ManifestForm {

  /** Metadata that a job-adapter sends in addition to the spec. */
  private static final Set<String> OF_A_JOB = Set.of("labels", "annotations", "namespace");
  private static final Set<String> NAMES = Set.of("name", "generateName");
  private static final int MOST_PROBLEMS = 10;

  private ManifestForm() {}

  /** Adds the problems of a manifest before it is rendered. */
  static void check(YamlDocument document, ManifestTemplate manifest, AdapterTemplate template, String namespace,
      AdapterProblems problems) {
    for (var problem : problems(manifest.outline(), template, namespace)) {
      problems.error(document, problem.path(),
          problem.inFile(Optional.ofNullable(document.sources().get(problem.path()))));
    }
  }

  /**
   * Checks a rendered manifest.
   *
   * @throws UnusableManifestException that names file, line, key and problem, and contains no values of the cluster
   */
  public static void check(AdapterDefinition.RenderedManifest manifest, ManifestTemplate from,
      AdapterDefinition adapter) {
    var problems = problems(manifest.object(), adapter.template(), adapter.namespace());
    if (!problems.isEmpty()) {
      var more = problems.size() > MOST_PROBLEMS ? "; and " + (problems.size() - MOST_PROBLEMS) + " more" : "";
      throw UnusableManifestException.invalid(problems.stream().limit(MOST_PROBLEMS)
          .map(problem -> from.file() + ":" + from.document().line(problem.path()) + ": " + problem.path() + ": "
              + problem.filledIn())
          .collect(Collectors.joining("; ")) + more);
    }
  }

  private static List<ManifestProblem> problems(Map<?, ?> manifest, AdapterTemplate template, String namespace) {
    Map<String, ManifestProblem> found = new LinkedHashMap<>();
    StrictManifest.problems(manifest).forEach(problem -> found.putIfAbsent(problem.path(), problem));
    if (manifest.get("metadata") instanceof Map<?, ?> metadata) {
      if (metadata.containsKey("namespace") && !namespace.equals(metadata.get("namespace"))) {
        add("namespace", "not the adapter's namespace; remove it, or set " + namespace, found);
      }
      if (template.runsJob()) {
        metadata.forEach((key, value) -> {
          if (key instanceof String name && value != null && !OF_A_JOB.contains(name)) {
            add(name, NAMES.contains(name)
                ? "remove it; the platform names the Job <adapter>-<cluster id>-gen<generation>"
                : "remove it; a job-adapter sends only labels and annotations of a Job's metadata", found);
          }
        });
      }
    }
    return List.copyOf(found.values());
  }

  private static void add(String key, String message, Map<String, ManifestProblem> found) {
    var path = YamlDocument.child("metadata", key);
    found.putIfAbsent(path, ManifestProblem.of(path, message));
  }
}
