package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.YamlDocument;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.policy.Violation;
import java.util.List;

/**
 * Checks manifests against the policy when the adapter is loaded, for violations that do not depend on expressions.
 *
 * @param severity of a violation; an adapter with only warnings runs, and reports PolicyViolation
 */
record ManifestCheck(ManifestRules rules, Severity severity) {

  /** Adds violations to the problems. */
  void check(String adapter, String namespace, List<ManifestTemplate> manifests, List<DiscoveredObject> discover,
      YamlDocument definition, AdapterProblems problems) {
    for (ManifestTemplate manifest : manifests) {
      for (Violation violation : rules.violations(adapter, namespace, manifest.outline())) {
        problems.add(manifest.document(), violation.path(), violation.words(), severity);
      }
    }
    for (int i = 0; i < discover.size(); i++) {
      var object = discover.get(i);
      for (Violation violation : rules.violations(adapter, namespace, object.apiVersion(), object.kind())) {
        if (!violation.path().isEmpty()) {
          problems.add(definition, "spec.discover[" + i + "]." + violation.path(), violation.words(), severity);
        } else if (i == 0) {
          problems.add(definition, "spec.namespace", violation.words(), severity);
        }
      }
    }
  }
}
