package io.hyperfleet.gitops.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.Manifest;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.ResourceType;
import io.hyperfleet.gitops.manifest.ManifestRenderer;
import io.hyperfleet.gitops.manifest.Sanitizer;
import io.hyperfleet.gitops.write.ClusterContents;
import io.hyperfleet.kubernetes.InformerCache;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cluster holds of each destination, as the informers know it. */
public class ClusterObjects implements ClusterContents {

  private final WatchSources sources;
  private final ManifestRenderer manifests;
  private final GitOpsProperties.Watch rules;
  private final GitOpsMonitor monitor;

  public ClusterObjects(WatchSources sources, ManifestRenderer manifests, GitOpsProperties.Watch rules,
      GitOpsMonitor monitor) {
    this.sources = sources;
    this.manifests = manifests;
    this.rules = rules;
    this.monitor = monitor;
  }

  /** Whether it is one of those that Kubernetes makes everywhere and nobody wants to read about. */
  public boolean isIgnored(ResourceIdentifier id) {
    return rules.ignore().contains(id.display());
  }

  /** Whether somebody has asked for its end, and that is enough. */
  boolean isLeaving(Map<String, Object> object) {
    return rules.deletionAsIntent() && Sanitizer.map(object.get("metadata")).get("deletionTimestamp") != null;
  }

  /** An object as Git is to hold it; empty, and counted, when it cannot be written. */
  Optional<Manifest> render(ResourceIdentifier id, Map<String, Object> object) {
    try {
      return Optional.of(manifests.of(id, object));
    } catch (RuntimeException e) {
      monitor.unrenderable(id, e);
      return Optional.empty();
    }
  }

  @Override
  public Optional<Manifest> current(String destination, ResourceIdentifier id) {
    return find(destination, id).flatMap(object -> render(id, object));
  }

  /** What a commit says of an object that is gone. */
  Map<String, String> trailers(Map<String, Object> object) {
    return manifests.trailers(object);
  }

  /** Whether the object is known. */
  boolean exists(String destination, ResourceIdentifier id) {
    return find(destination, id).isPresent();
  }

  @Override
  public boolean isGone(String destination, ResourceIdentifier id) {
    return !exists(destination, id) && sources.incomplete(destination).stream().noneMatch(source -> source.covers(id));
  }

  @Override
  public Optional<String> kind(GitOpsEvent event) {
    return sources.kind(event.destination(), event.identifier().type());
  }

  private Optional<Map<String, Object>> find(String destination, ResourceIdentifier id) {
    return sources.of(destination).stream().filter(source -> source.covers(id))
        .flatMap(source -> sources.objects(source).stream())
        .flatMap(objects -> objects.find(id.namespace(), id.name()).stream())
        .map(ManifestRenderer::asMap).filter(object -> !isLeaving(object)).findFirst();
  }

  /** Whether everything that a destination's rules ask for is known. */
  public boolean isComplete(String destination) {
    return incomplete(destination).isEmpty();
  }

  /** What is asked for and may be there without being known. */
  public List<ResourceType> incomplete(String destination) {
    return sources.incomplete(destination).stream().map(WatchSource::type).distinct().toList();
  }

  /** What the cluster holds of a destination; of a source that is not complete, what is missing says nothing. */
  public ClusterSnapshot snapshot(String destination) {
    var incomplete = sources.incomplete(destination);
    var resources = new LinkedHashSet<ResourceIdentifier>();
    for (WatchSource source : sources.of(destination)) {
      sources.objects(source).map(InformerCache::all).orElse(List.of()).stream()
          .filter(object -> object.getMetadata().getDeletionTimestamp() == null || !rules.deletionAsIntent())
          .map(object -> identify(source, object)).filter(id -> !isIgnored(id)).forEach(resources::add);
    }
    return new ClusterSnapshot(resources, id -> incomplete.stream().anyMatch(source -> source.covers(id)));
  }

  private static ResourceIdentifier identify(WatchSource source, GenericKubernetesResource object) {
    return source.identify(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
