package io.hyperfleet.dryrun.plan;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.definition.AdapterVariables;
import io.hyperfleet.adapter.definition.ManifestException;
import io.hyperfleet.adapter.definition.ManifestForm;
import io.hyperfleet.adapter.definition.UnmetConditions;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.policy.ManifestRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an adapter's definition does for a resource: the same evaluations in the same order as for an event, without
 * Kubernetes.
 *
 * @param state the result
 * @param objects the objects to apply; empty unless it acts
 * @param words the preconditions that it waits for, or why it fails
 */
record Rendering(State state, List<RenderedManifest> objects, List<String> words) {

  /** What comes of an event. */
  enum State {
    /** It does not act on this resource. */
    NOT_APPLICABLE,
    /** Preconditions are not met, and it is not Available at this generation yet. */
    WAITING,
    /** It applies its objects. */
    ACTS,
    /** An expression fails, or a manifest may not be applied. */
    FAILS
  }

  private static final Rendering NOT_APPLICABLE = new Rendering(State.NOT_APPLICABLE, List.of(), List.of());

  /**
   * What a definition does.
   *
   * @param resource with the reports about it
   * @param cluster the cluster that owns it; the resource itself for clusters
   */
  static Rendering of(AdapterDefinition definition, Map<String, ?> resource, Map<String, ?> cluster,
      Map<String, ?> event, Instant now, ManifestRules rules) {
    var variables = AdapterVariables.of(definition, resource, cluster, event, now);
    boolean applies;
    try {
      applies = definition.applies(variables);
    } catch (CelEvaluationException e) {
      return fails(List.of(ExpressionErrors.describe("appliesWhen", e)));
    }
    var unmet = applies ? definition.unmetPreconditions(variables) : UnmetConditions.NONE;
    boolean available = variables.get("adapters") instanceof Map<?, ?> adapters
        && adapters.get(definition.name()) instanceof Map<?, ?> own && Boolean.TRUE.equals(own.get("upToDate"));
    if (!available && !unmet.failed().isEmpty()) {
      return fails(unmet.failed());
    }
    if (!applies) {
      return NOT_APPLICABLE;
    }
    return unmet.isEmpty() || available
        ? objects(definition, variables, rules)
        : new Rendering(State.WAITING, List.of(), unmet.names());
  }

  private static Rendering objects(AdapterDefinition definition, Map<String, ?> variables, ManifestRules rules) {
    try {
      var objects = definition.renderManifests(variables);
      var refused = new ArrayList<String>();
      for (int i = 0; i < objects.size(); i++) {
        var object = objects.get(i);
        ManifestForm.check(object, definition.manifests().get(i), definition);
        rules.violations(definition.name(), definition.namespace(), object.object())
            .forEach(violation -> refused.add("manifest " + object.name() + ": " + violation));
      }
      return refused.isEmpty() ? new Rendering(State.ACTS, objects, List.of()) : fails(refused);
    } catch (ManifestException | UnusableManifestException e) {
      return fails(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static Rendering fails(List<String> reasons) {
    return new Rendering(State.FAILS, List.of(), reasons);
  }
}
