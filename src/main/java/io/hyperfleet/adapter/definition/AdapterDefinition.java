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
 * An adapter as its folder describes it, checked and compiled. Immutable; for any number of threads.
 *
 * <p>Variables for the questions below come from {@link AdapterVariables}.
 *
 * @param name name of the adapter and of its folder
 * @param kind what it acts on: {@code Cluster} or {@code NodePool}
 * @param template route template to instantiate
 * @param description one sentence; plain text, never evaluated
 * @param subscription Pub/Sub subscription to receive from
 * @param concurrency events handled at once
 * @param namespace Kubernetes namespace of what it makes
 * @param appliesWhen whether it acts on a resource at all; absent means always
 * @param preconditions what has to be true before it acts
 * @param manifests what it makes; a job-adapter has one
 * @param discover objects of others that it reads
 * @param postconditions what has to be true of what it made
 * @param data what it reports: programs, or constants
 * @param reporting what it adds to every report
 * @param workload how what it makes lives and ends
 * @param parameters free values, {@code adapter.parameters} in CEL
 * @param mentionedAdapters the other adapters that its expressions name
 * @param reads what its expressions read that changes without a new generation
 * @param revision what its folder means: changes when that does
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

  /** Most characters of all manifests of an event, filled in. */
  static final int MAX_CHARACTERS = 4 * ManifestTemplate.MAX_CHARACTERS;

  /** SHA-256 of what the folder means, in hexadecimal. */
  public String digest() {
    return revision.digest();
  }

  /** An object to apply, with the name under which CEL sees it afterwards. */
  public record RenderedManifest(String name, Map<String, Object> object) {}

  /**
   * Whether the adapter acts on the resource; where not, it reports NotApplicable.
   *
   * @throws CelEvaluationException when that cannot be said, since taking it for "no" would make a cluster Ready
   */
  public boolean applies(Map<String, ?> variables) {
    return appliesWhen.isEmpty() || appliesWhen.get().test(variables);
  }

  /** The kinds of what it makes, in the order of the manifests. */
  public Set<ManifestTemplate.Type> types() {
    return manifests.stream().map(ManifestTemplate::type).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The preconditions that are not met; one that cannot be evaluated is among them. */
  public UnmetConditions unmetPreconditions(Map<String, ?> variables) {
    return UnmetConditions.of("precondition", preconditions, variables);
  }

  /** The postconditions that are not met; one that cannot be evaluated is among them. */
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
          throw new ManifestException(manifest.file(), 1, "", "the adapter's manifests grow beyond " + MAX_CHARACTERS
              + " characters together", null);
        }
        rendered.add(new RenderedManifest(manifest.name(), object));
      }
    }
    return List.copyOf(rendered);
  }
}
