package io.hyperfleet.adapter;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * What Camel's Kubernetes components lack: server-side apply of any manifest, and deletion of all that an adapter made for
 * a resource. The field manager is {@code hyperfleet-<adapter>}; an object of another owner is never overwritten, nor one
 * that was made for a later generation.
 */
public class ResourceWorkload {

  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int ATTEMPTS = 5;

  private final AdapterRegistry adapters;
  private final KubernetesClient kubernetes;
  private final ObjectMapper mapper;

  ResourceWorkload(AdapterRegistry adapters, KubernetesClient kubernetes, ObjectMapper mapper) {
    this.adapters = adapters;
    this.kubernetes = kubernetes;
    this.mapper = mapper;
  }

  /**
   * Applies the manifests in their order; sets {@code resources}, each as it is now, by the manifest's name.
   *
   * @throws UnusableManifestException when a manifest is no Kubernetes object, or its name is taken by somebody else
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when Kubernetes refuses or is away
   */
  public void apply(Exchange exchange, @Variable("owner") Owner owner) {
    var definition = adapters.definition(owner.adapter());
    var applied = new LinkedHashMap<String, Object>();
    for (var manifest : AdapterRuntime.render(definition, exchange)) {
      applied.put(manifest.name(), apply(manifest.object(), owner, definition));
    }
    exchange.setVariable("resources", applied);
  }

  private Map<String, Object> apply(Map<String, Object> manifest, Owner owner, AdapterDefinition definition) {
    var object = object(manifest, owner, definition);
    var resource = kubernetes.genericKubernetesResources(object.getApiVersion(), object.getKind())
        .inNamespace(object.getMetadata().getNamespace()).resource(object);
    for (int attempt = 1; ; attempt++) {
      try {
        return apply(object, resource, owner);
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
  private Map<String, Object> apply(GenericKubernetesResource object, Resource<GenericKubernetesResource> resource,
      Owner owner) {
    var existing = resource.get();
    if (existing == null) {
      object.getMetadata().setResourceVersion(null);
      return asMap(apply(resource, owner, false));
    }
    var found = asMap(existing);
    if (!OwnerLabels.owns(owner, found)) {
      throw UnusableManifestException.taken(object.getKind() + " " + object.getMetadata().getName());
    }
    if (generation(existing) > owner.generation()) {
      return found;
    }
    object.getMetadata().setResourceVersion(existing.getMetadata().getResourceVersion());
    return asMap(apply(resource, owner, true));
  }

  private static GenericKubernetesResource apply(Resource<GenericKubernetesResource> resource, Owner owner,
      boolean force) {
    return resource.patch(new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager("hyperfleet-" + owner.adapter()).withForce(force).build());
  }

  private GenericKubernetesResource object(Map<String, Object> manifest, Owner owner, AdapterDefinition definition) {
    try {
      OwnerLabels.stamp(manifest, owner);
      var object = mapper.convertValue(manifest, GenericKubernetesResource.class);
      if (object.getMetadata().getName() == null) {
        throw UnusableManifestException.invalid("the manifest of a " + object.getKind() + " has no metadata.name");
      }
      if (object.getMetadata().getNamespace() == null) {
        object.getMetadata().setNamespace(definition.namespace());
      }
      return object;
    } catch (IllegalArgumentException e) {
      throw UnusableManifestException.invalid("the manifest is no Kubernetes object: " + e.getMessage());
    }
  }

  /**
   * Deletes what this adapter made for the resource, of whatever generation, in reverse order of the manifests; sets
   * {@code remaining}, how many objects are still there.
   */
  public void delete(Exchange exchange, @Variable("owner") Owner owner) {
    var definition = adapters.definition(owner.adapter());
    var types = new ArrayList<>(types(definition));
    Collections.reverse(types);
    int remaining = 0;
    for (var type : types) {
      var owned = kubernetes.genericKubernetesResources(type.apiVersion(), type.kind())
          .inNamespace(definition.namespace()).withLabels(OwnerLabels.selector(owner));
      if (count(owned) > 0) {
        owned.withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
        remaining += count(owned);
      }
    }
    exchange.setVariable("remaining", remaining);
    exchange.setVariable("message", remaining == 0 ? "All resources are gone" : remaining + " resources are being deleted");
  }

  /** Nothing is there of a kind that Kubernetes does not know (any more). */
  private static int count(Listable<GenericKubernetesResourceList> owned) {
    try {
      return owned.list().getItems().size();
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return 0;
      }
      throw e;
    }
  }

  private static List<ManifestTemplate.Type> types(AdapterDefinition definition) {
    return definition.manifests().stream().map(ManifestTemplate::type).distinct().toList();
  }

  private static long generation(GenericKubernetesResource object) {
    var annotations = object.getMetadata().getAnnotations();
    var text = annotations == null ? null : annotations.get(OwnerLabels.GENERATION);
    return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> asMap(GenericKubernetesResource object) {
    return mapper.convertValue(object, Map.class);
  }
}
