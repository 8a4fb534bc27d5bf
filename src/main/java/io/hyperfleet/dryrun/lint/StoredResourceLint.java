package io.hyperfleet.dryrun.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterVariables;
import io.hyperfleet.adapter.definition.ManifestException;
import io.hyperfleet.adapter.definition.ManifestForm;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.kind.AdapterNames;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.status.ReportLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Checks the stored resources of an API with the rules of this version: the manifests that adapters would render for
 * each resource, and its reports. Does not contact Kubernetes, and creates nothing.
 */
public final class StoredResourceLint {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final StoredResources stored;
  private final Kinds kinds;
  private final Collection<AdapterDefinition> adapters;
  private final ManifestRules rules;
  private final List<Refusal> refusals = new ArrayList<>();
  private int resources;

  public StoredResourceLint(StoredResources stored, Kinds kinds, Collection<AdapterDefinition> adapters,
      ManifestRules rules) {
    this.stored = stored;
    this.kinds = kinds;
    this.adapters = adapters;
    this.rules = rules;
  }

  /** Number of checked resources. */
  public int resources() {
    return resources;
  }

  /** Everything that would be rejected. */
  public List<Refusal> run() {
    for (Kind kind : kinds.all()) {
      for (String id : stored.ids(kind)) {
        var resource = stored.resource(kind, id);
        if (resource != null) {
          resources++;
          reports(kind, id, resource.get("adapter_statuses") instanceof List<?> list ? list : List.of());
          if (resource.get("deleted_time") == null) {
            manifests(kind, id, resource);
          }
        }
      }
    }
    return refusals;
  }

  private void reports(Kind kind, String id, List<?> reports) {
    for (Object report : reports) {
      var name = report instanceof Map<?, ?> map ? String.valueOf(map.get("adapter")) : "";
      if (!AdapterNames.isName(name)) {
        refusals
            .add(new Refusal(kind.name(), id, name, "", "", "the adapter's name is not allowed in reports; allowed: "
                + AdapterNames.ALLOWED));
      }
    }
    if (reports.size() > ReportLimits.MOST_ADAPTERS) {
      refusals.add(new Refusal(kind.name(), id, "", "", "",
          reports.size() + " adapters have reported, " + ReportLimits.MOST_ADAPTERS
              + " are allowed"));
    }
    try {
      int bytes = JSON.writeValueAsBytes(reports).length;
      if (bytes > ReportLimits.MOST_BYTES) {
        refusals.add(new Refusal(kind.name(), id, "", "", "",
            "the reports have " + bytes + " bytes, " + ReportLimits.MOST_BYTES + " are allowed"));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void manifests(Kind kind, String id, Map<String, Object> resource) {
    var owner = kind.owned() && resource.get("owner_references") instanceof Map<?, ?> parent
        ? stored.owner(kinds.parentOf(kind), String.valueOf(parent.get("id")))
        : resource;
    var event = Map.of("id", id, "kind", kind.name(), "generation", resource.getOrDefault("generation", 1L));
    adapters.stream().filter(adapter -> adapter.kind().equals(kind.name())).forEach(adapter -> {
      var variables = AdapterVariables.of(adapter, resource, owner == null ? Map.of("id", id) : owner, event,
          Instant.now());
      try {
        if (adapter.applies(variables)) {
          manifests(kind, id, adapter, variables);
        }
      } catch (CelEvaluationException e) {
        refusals.add(new Refusal(kind.name(), id, adapter.name(), "", "spec.appliesWhen",
            "cannot be evaluated: " + e.getMessage()));
      }
    });
  }

  /** Renders each manifest alone; one that cannot be rendered before a precondition is met may be rendered later. */
  private void manifests(Kind kind, String id, AdapterDefinition adapter, Map<String, Object> variables) {
    boolean due = adapter.unmetPreconditions(variables).isEmpty();
    for (var manifest : adapter.manifests()) {
      try {
        var object = manifest.render(variables);
        ManifestForm.check(new AdapterDefinition.RenderedManifest(manifest.name(), object), manifest, adapter);
        rules.violations(adapter.name(), adapter.namespace(), object).forEach(violation -> refusals
            .add(new Refusal(kind.name(), id, adapter.name(), manifest.file(), violation.path(), violation.words())));
      } catch (UnusableManifestException e) {
        refusals.add(new Refusal(kind.name(), id, adapter.name(), manifest.file(), "", e.getMessage()));
      } catch (ManifestException e) {
        if (due) {
          refusals.add(new Refusal(kind.name(), id, adapter.name(), "", "", e.getMessage()));
        }
      }
    }
  }
}
