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

/** The objects of each destination, from the informers. */
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

  /** Whether it is one of the objects that Kubernetes creates in every namespace, which are not mirrored. */
  public boolean isIgnored(ResourceIdentifier id) {
    return rules.ignore().contains(id.display());
  }

  /** Whether its deletion has been requested and counts as its end. */
  boolean isLeaving(Map<String, Object> object) {
    return rules.deletionAsIntent() && Sanitizer.map(object.get("metadata")).get("deletionTimestamp") != null;
  }

  /** An object as it is stored in Git; empty, and counted, if it cannot be written. */
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

  /** The trailers for the commit of a deleted object. */
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

  /** Whether all objects that a destination's rules select are known. */
  public boolean isComplete(String destination) {
    return incomplete(destination).isEmpty();
  }

  /** Selected types of which unknown objects may exist. */
  public List<ResourceType> incomplete(String destination) {
    return sources.incomplete(destination).stream().map(WatchSource::type).distinct().toList();
  }

  /** The objects of a destination in the cluster; if a source is incomplete, a missing object may still exist. */
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
