package io.hyperfleet.adapter;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.kubernetes.KubernetesErrors;
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
    var launches = ResourceLaunches.of(exchange, owner);
    for (var manifest : Manifests.of(exchange)) {
      var object = apply(launches.lookedAt(manifest.name())
          .orElseGet(() -> WantedObject.of(manifest, owner, definition, mapper)), owner, existing, launches);
      if (object != null) {
        applied.put(manifest.name(), object);
      }
    }
  }

  /**
   * Looks for Jobs that are to be replaced since their manifests have changed: sets {@code replaced}, whether there are any, and what
   * the report about it says, which is sent before one is deleted.
   */
  public void announce(Exchange exchange, @Variable("owner") Owner owner, @Variable("definition") AdapterDefinition definition) {
    var launches = ResourceLaunches.of(exchange, owner);
    boolean replaced = false;
    for (var manifest : Manifests.of(exchange)) {
      if (definition.workload().recreated().contains(manifest.name()) && JobTtl.isJob(manifest.object())) {
        var wanted = WantedObject.of(manifest, owner, definition, mapper);
        var existing = kubernetes.resource(wanted.object()).get();
        launches.lookedAt(wanted, existing);
        if (existing != null && OwnerLabels.generation(existing) <= owner.generation()
            && existing.getMetadata().getDeletionTimestamp() == null && OwnerLabels.owns(owner, asMap(existing))
            && ManifestChange.differs(asMap(existing), wanted.digest()) && !launches.isAnnounced(wanted.object(), wanted.digest())) {
          launches.announce(wanted.object(), wanted.digest());
          replaced = true;
        }
      }
    }
    exchange.setVariable("replaced", replaced);
    if (replaced) {
      exchange.setVariable("message", "Jobs are replaced since their manifests have changed");
      exchange.setVariable("announcing", true);
    }
  }

  private Map<String, Object> apply(WantedObject wanted, Owner owner, ExistingObjects existing, ResourceLaunches launches) {
    var resource = kubernetes.resource(wanted.object());
    for (int attempt = 1; ; attempt++) {
      try {
        var found = attempt == 1
            ? launches.found(wanted.name()).orElseGet(() -> existing.find(wanted.object())) : resource.get();
        return found == null && launches.wasLaunched(wanted.object(), wanted.digest(), wanted.recreate())
            ? launches.left(wanted.object(), wanted.manifest()).orElse(null)
            : noted(wanted, launches, apply(wanted, found, resource, owner, launches));
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
  private Map<String, Object> apply(WantedObject wanted, GenericKubernetesResource existing,
      Resource<GenericKubernetesResource> resource, Owner owner, ResourceLaunches launches) {
    if (existing == null) {
      return asMap(create(wanted, owner, launches));
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
      if (ResourceLaunches.isJob(existing) && !launches.isAnnounced(wanted.object(), wanted.digest())) {
        return found;
      }
      WorkloadDeletion.deleteUnchanged(kubernetes, existing);
      var left = resource.get();
      return asMap(left == null ? create(wanted, owner, launches) : left);
    }
    wanted.object().getMetadata().setResourceVersion(existing.getMetadata().getResourceVersion());
    return asMap(apply(wanted.object(), owner, true));
  }

  private GenericKubernetesResource create(WantedObject wanted, Owner owner, ResourceLaunches launches) {
    wanted.object().getMetadata().setResourceVersion(null);
    try {
      return apply(wanted.object(), owner, false);
    } catch (KubernetesClientException e) {
      if (e.getCode() / 100 == 4 || KubernetesErrors.isRefusal(e)) {
        launches.notCreated(wanted.object());
      }
      throw e;
    }
  }

  private static Map<String, Object> noted(WantedObject wanted, ResourceLaunches launches, Map<String, Object> object) {
    launches.note(wanted.object(), wanted.digest(), wanted.recreate(), object);
    return object;
  }

  private GenericKubernetesResource apply(GenericKubernetesResource object, Owner owner, boolean force) {
    var patch = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY).withFieldManager(manager(owner)).withForce(force)
        .build();
    return ObjectLog.change("Applied", object, () -> kubernetes.resource(object).patch(patch));
  }

  private static String manager(Owner owner) {
    return "hyperfleet-" + owner.adapter();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> asMap(GenericKubernetesResource object) {
    return mapper.convertValue(object, Map.class);
  }
}
