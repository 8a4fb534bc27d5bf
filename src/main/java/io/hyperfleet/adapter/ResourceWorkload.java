package io.hyperfleet.adapter;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.kubernetes.ObjectNames;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * What Camel's Kubernetes components lack: server-side apply of any manifest. The field manager is {@code
 * hyperfleet-<adapter>}; an object of another owner is never overwritten, nor one that was made for a later generation. An
 * object that is as its manifest says is read and left alone.
 */
public class ResourceWorkload {

  private static final int CONFLICT = 409;
  private static final int ATTEMPTS = 5;

  private final KubernetesClient kubernetes;
  private final KubernetesSerialization mapper;

  ResourceWorkload(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
    this.mapper = kubernetes.getKubernetesSerialization();
  }

  private record Wanted(String name, GenericKubernetesResource object, Map<String, Object> manifest, String digest,
      boolean recreate) {}

  /**
   * Applies {@code manifests} in their order; sets {@code resources}, each as it is now, by the manifest's name, also those
   * before one that fails.
   *
   * @throws UnusableManifestException when a manifest is no Kubernetes object, or its name is taken by somebody else
   * @throws KubernetesClientException when Kubernetes refuses or is away
   */
  public void apply(Exchange exchange, @Variable("owner") Owner owner,
      @Variable("definition") AdapterDefinition definition) {
    var applied = new LinkedHashMap<String, Object>();
    exchange.setVariable("resources", applied);
    var existing = new ExistingObjects(kubernetes, owner, Manifests.of(exchange), definition.namespace());
    for (var manifest : Manifests.of(exchange)) {
      applied.put(manifest.name(), apply(wanted(manifest, owner, definition), owner, existing));
    }
  }

  private Map<String, Object> apply(Wanted wanted, Owner owner, ExistingObjects existing) {
    var resource = kubernetes.resource(wanted.object());
    for (int attempt = 1; ; attempt++) {
      try {
        var found = attempt == 1 ? existing.find(wanted.object()) : resource.get();
        return apply(wanted, found, resource, owner);
      } catch (UnusableManifestException e) {
        throw e;
      } catch (KubernetesClientException e) {
        if (e.getCode() != CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Applies to what was looked at and nothing newer: another event may be applying a later generation right now. */
  private Map<String, Object> apply(Wanted wanted, GenericKubernetesResource existing,
      Resource<GenericKubernetesResource> resource, Owner owner) {
    if (existing == null) {
      return asMap(create(wanted, resource, owner));
    }
    var found = asMap(existing);
    if (!OwnerLabels.owns(owner, found)) {
      throw UnusableManifestException.taken(wanted.object().getKind() + " " + wanted.object().getMetadata().getName());
    }
    if (OwnerLabels.generation(existing) > owner.generation() || existing.getMetadata().getDeletionTimestamp() != null
        || ManifestChange.isApplied(wanted.manifest(), found, manager(owner))) {
      return found;
    }
    if (wanted.recreate() && ManifestChange.differs(found, wanted.digest())) {
      WorkloadDeletion.deleteUnchanged(kubernetes, existing);
      var left = resource.get();
      return asMap(left == null ? create(wanted, resource, owner) : left);
    }
    wanted.object().getMetadata().setResourceVersion(existing.getMetadata().getResourceVersion());
    return asMap(apply(resource, owner, true));
  }

  private GenericKubernetesResource create(Wanted wanted, Resource<GenericKubernetesResource> resource, Owner owner) {
    wanted.object().getMetadata().setResourceVersion(null);
    return apply(resource, owner, false);
  }

  private static GenericKubernetesResource apply(Resource<GenericKubernetesResource> resource, Owner owner,
      boolean force) {
    return ObjectLog.change("Applied", resource.item(), () -> resource.patch(new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY).withFieldManager(manager(owner)).withForce(force)
        .build()));
  }

  private static String manager(Owner owner) {
    return "hyperfleet-" + owner.adapter();
  }

  private Wanted wanted(AdapterDefinition.RenderedManifest rendered, Owner owner, AdapterDefinition definition) {
    var manifest = rendered.object();
    var digest = ManifestChange.digest(manifest);
    try {
      OwnerLabels.stamp(manifest, owner);
      OwnerLabels.annotate(manifest, OwnerLabels.MANIFEST, rendered.name());
      OwnerLabels.annotate(manifest, OwnerLabels.MANIFEST_DIGEST, digest);
      var object = mapper.convertValue(manifest, GenericKubernetesResource.class);
      var metadata = object.getMetadata();
      if (metadata.getName() == null) {
        throw UnusableManifestException.invalid("the manifest of a " + object.getKind() + " has no metadata.name");
      }
      if (metadata.getNamespace() == null) {
        metadata.setNamespace(definition.namespace());
      }
      checkAddress("manifest " + rendered.name() + ": metadata.", object);
      return new Wanted(rendered.name(), object, manifest, digest,
          definition.workload().recreated().contains(rendered.name()));
    } catch (IllegalArgumentException e) {
      throw UnusableManifestException.invalid("the manifest is no Kubernetes object: " + e.getMessage());
    }
  }

  /** What the object's URL is made of. */
  private static void checkAddress(String what, GenericKubernetesResource object) {
    try {
      ObjectNames.name(what + "name", object.getApiVersion(), object.getKind(), object.getMetadata().getName());
      ObjectNames.namespace(what + "namespace", object.getMetadata().getNamespace());
    } catch (IllegalArgumentException e) {
      throw UnusableManifestException.invalid(e.getMessage());
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> asMap(GenericKubernetesResource object) {
    return mapper.convertValue(object, Map.class);
  }
}
