package io.hyperfleet.adapter.workload;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.definition.ManifestException;
import io.hyperfleet.adapter.definition.ManifestForm;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.adapter.event.Assessed;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Renders an adapter's manifests for a resource, and checks them against the policy. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class Manifests {

  private final ManifestRules rules;

  Manifests(ManifestRules rules) {
    this.rules = rules;
  }

  /**
   * The objects to apply, in order.
   *
   * @throws UnusableManifestException when an expression in a manifest has no result, or one that Kubernetes would not
   * take at its place
   */
  public List<RenderedManifest> render(@Variable("definition") AdapterDefinition definition,
      @Variable("assessed") Assessed assessed,
      @Variable("resources") Map<String, Object> resources) {
    try {
      var manifests = definition.renderManifests(assessed.facts(resources));
      for (int i = 0; i < manifests.size(); i++) {
        ManifestForm.check(manifests.get(i), definition.manifests().get(i), definition);
      }
      return manifests;
    } catch (ManifestException e) {
      throw UnusableManifestException.invalid(e.getMessage());
    }
  }

  /** The violations of the operator's policy by the rendered manifests and by the objects that the adapter reads. */
  public List<String> violations(@Variable("definition") AdapterDefinition definition,
      @Variable("manifests") List<RenderedManifest> manifests) {
    var violations = new ArrayList<String>();
    for (var manifest : manifests) {
      rules.violations(definition.name(), definition.namespace(), manifest.object())
          .forEach(violation -> violations.add("manifest " + manifest.name() + ": " + violation));
    }
    for (var object : definition.discover()) {
      rules.violations(definition.name(), definition.namespace(), object.apiVersion(), object.kind())
          .forEach(violation -> violations.add("discover " + object.name() + ": " + violation));
    }
    return List.copyOf(violations);
  }

  /** The message of violations. */
  static String describe(List<String> violations) {
    return "Failed to create workload: blocked by the adapter policy: " + String.join("; ", violations)
        + ". Change the adapter's manifest, or ask the operator to allow it.";
  }
}
