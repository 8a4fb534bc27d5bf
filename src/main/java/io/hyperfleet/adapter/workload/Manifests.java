package io.hyperfleet.adapter.workload;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.ManifestException;
import io.hyperfleet.adapter.definition.ManifestForm;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.policy.ManifestRules;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Fills an adapter's manifests in for a resource, and looks whether they may be applied. */
public class Manifests {

  private final ManifestRules rules;

  public Manifests(ManifestRules rules) {
    this.rules = rules;
  }

  /**
   * Sets {@code manifests}: the objects to apply, in order.
   *
   * @throws UnusableManifestException when an expression in a manifest has no result, or one that Kubernetes would not take at
   *     its place
   */
  public void render(Exchange exchange, @Variable("definition") AdapterDefinition definition) {
    try {
      var manifests = definition.renderManifests(exchange.getVariables());
      for (int i = 0; i < manifests.size(); i++) {
        ManifestForm.check(manifests.get(i), definition.manifests().get(i), definition);
      }
      exchange.setVariable("manifests", manifests);
    } catch (ManifestException e) {
      throw UnusableManifestException.invalid(e.getMessage());
    }
  }

  /** Sets {@code violations}: what the operator's policy does not allow of them, and the {@code message} that says it. */
  public void check(Exchange exchange, @Variable("definition") AdapterDefinition definition) {
    var violations = new ArrayList<String>();
    for (var manifest : of(exchange)) {
      rules.violations(definition.name(), definition.namespace(), manifest.object())
          .forEach(violation -> violations.add("manifest " + manifest.name() + ": " + violation));
    }
    for (var object : definition.discover()) {
      rules.violations(definition.name(), definition.namespace(), object.apiVersion(), object.kind())
          .forEach(violation -> violations.add("discover " + object.name() + ": " + violation));
    }
    exchange.setVariable("violations", List.copyOf(violations));
    if (!violations.isEmpty()) {
      exchange.setVariable("message", "Failed to create workload: the policy for adapters does not allow it: "
          + String.join("; ", violations) + ". Change the adapter's manifest, or let the operator allow it.");
    }
  }

  /** The manifests that {@link #render} left. */
  @SuppressWarnings("unchecked")
  static List<AdapterDefinition.RenderedManifest> of(Exchange exchange) {
    return (List<AdapterDefinition.RenderedManifest>) exchange.getVariable("manifests");
  }
}
