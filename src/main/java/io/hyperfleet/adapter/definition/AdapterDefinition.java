package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.template.AdapterTemplate;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelProgram;
import io.hyperfleet.cel.SharedBudget;
import io.hyperfleet.revision.Revision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The checked and compiled content of an adapter's folder. Immutable and thread-safe.
 *
 * <p>Variables for the methods below come from {@link AdapterVariables}.
 *
 * @param name name of the adapter and of its folder
 * @param kind what it acts on: {@code Cluster} or {@code NodePool}
 * @param template route template to instantiate
 * @param description one sentence; plain text, never evaluated
 * @param subscription Pub/Sub subscription to receive from
 * @param concurrency number of events handled concurrently
 * @param namespace Kubernetes namespace of its objects
 * @param appliesWhen whether it applies to a resource; always if absent
 * @param preconditions conditions that must be true before it acts
 * @param manifests manifests of its objects; a job-adapter has one
 * @param discover objects of others that it reads
 * @param postconditions conditions on its objects
 * @param data data that it reports: programs, or constants
 * @param reporting what it adds to every report
 * @param workload options for the lifecycle of its objects
 * @param parameters free values, {@code adapter.parameters} in CEL
 * @param mentionedAdapters the other adapters that its expressions name
 * @param reads which changes without a new generation its expressions depend on
 * @param revision digest of the folder's meaning
 */
public record AdapterDefinition(
    String name,
    String kind,
    AdapterTemplate template,
    String description,
    String subscription,
    int concurrency,
    String namespace,
    Optional<CelProgram> appliesWhen,
    List<AdapterCondition> preconditions,
    List<ManifestTemplate> manifests,
    List<DiscoveredObject> discover,
    List<AdapterCondition> postconditions,
    Map<String, Object> data,
    AdapterReporting reporting,
    WorkloadOptions workload,
    Map<String, Object> parameters,
    Set<String> mentionedAdapters,
    Reads reads,
    Revision revision) {

  /** Name of the built-in template of adapters that run one Job per generation. */
  public static final String JOB_ADAPTER = "job-adapter";
  /** Name of the built-in template of adapters that apply resources and keep them. */
  public static final String RESOURCE_ADAPTER = "resource-adapter";

  /** Maximum characters of all rendered manifests of an event. */
  static final int MAX_CHARACTERS = 4 * ManifestTemplate.MAX_CHARACTERS;

  /** SHA-256 of the folder's meaning, in hexadecimal. */
  public String digest() {
    return revision.digest();
  }

  /** An object to apply, with its name in CEL. */
  public record RenderedManifest(String name, Map<String, Object> object) {}

  /**
   * Whether the adapter applies to the resource; if not, it reports NotApplicable.
   *
   * @throws CelEvaluationException when that cannot be evaluated, since taking it for "no" would make a cluster Ready
   */
  public boolean applies(Map<String, ?> variables) {
    return appliesWhen.isEmpty() || appliesWhen.get().test(variables);
  }

  /** The kinds of its objects, in the order of the manifests. */
  public Set<ManifestTemplate.Type> types() {
    return manifests.stream().map(ManifestTemplate::type).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The unmet preconditions, including those that cannot be evaluated. */
  public UnmetConditions unmetPreconditions(Map<String, ?> variables) {
    return UnmetConditions.of("precondition", preconditions, variables);
  }

  /** The unmet postconditions, including those that cannot be evaluated. */
  public UnmetConditions unmetPostconditions(Map<String, ?> variables) {
    return UnmetConditions.of("postcondition", postconditions, variables);
  }

  /** The data to report. */
  public ReportedData data(Map<String, ?> variables) {
    return ReportedData.of(data, variables);
  }

  /**
   * The objects to apply, in order, as new mutable maps.
   *
   * @throws ManifestException when an expression in a manifest has no result
   */
  public List<RenderedManifest> renderManifests(Map<String, ?> variables) {
    List<RenderedManifest> rendered = new ArrayList<>();
    long characters = 0;
    try (var work = SharedBudget.begin()) {
      for (var manifest : manifests) {
        var object = manifest.render(variables);
        characters += ManifestTemplate.characters(object);
        if (characters > MAX_CHARACTERS) {
          throw new ManifestException(manifest.file(), 1, "",
              "the adapter's rendered manifests exceed " + MAX_CHARACTERS
                  + " characters in total",
              null);
        }
        rendered.add(new RenderedManifest(manifest.name(), object));
      }
    }
    return List.copyOf(rendered);
  }
}
