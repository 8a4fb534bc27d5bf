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
 * Whether a manifest reaches Kubernetes as it stands: nothing of it is converted, and nothing left out. It is asked
 * when a manifest is loaded, and again when it is filled in.
 */
public final class ManifestForm {

  /** What the requests of a job-adapter carry beside its spec. */
  private static final Set<String> OF_A_JOB = Set.of("labels", "annotations", "namespace");
  private static final Set<String> NAMES = Set.of("name", "generateName");
  private static final int MOST_PROBLEMS = 10;

  private ManifestForm() {}

  /** Adds what is wrong with a manifest before it is filled in. */
  static void check(YamlDocument document, ManifestTemplate manifest, AdapterTemplate template, String namespace,
      AdapterProblems problems) {
    for (var problem : problems(manifest.outline(), template, namespace)) {
      problems.error(document, problem.path(),
          problem.inFile(Optional.ofNullable(document.sources().get(problem.path()))));
    }
  }

  /**
   * Refuses a manifest that is filled in.
   *
   * @throws UnusableManifestException that names file, line, key, and what is allowed, and holds no value of the
   * cluster
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
        add("namespace", "not the adapter's namespace; leave it out, or " + namespace + " is allowed", found);
      }
      if (template.runsJob()) {
        metadata.forEach((key, value) -> {
          if (key instanceof String name && value != null && !OF_A_JOB.contains(name)) {
            add(name, NAMES.contains(name)
                ? "a job-adapter's Job has no name; the platform names it <adapter>-<cluster id>-gen<generation>"
                : "of a Job's metadata a job-adapter sends labels and annotations; leave it out", found);
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
