package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.definition.ManifestTemplate.Type;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.kubernetes.ObjectNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds an adapter's existing objects with one request per kind: if several manifests have the same kind, its objects
 * are listed by their labels.
 */
final class ExistingObjects {

  private static final int NOT_FOUND = 404;

  private final KubernetesClient kubernetes;
  private final Owner owner;
  private final List<RenderedManifest> manifests;
  private final String namespace;
  private final Map<Type, Map<String, GenericKubernetesResource>> listed = new HashMap<>();

  ExistingObjects(KubernetesClient kubernetes, Owner owner, List<RenderedManifest> manifests, String namespace) {
    this.kubernetes = kubernetes;
    this.owner = owner;
    this.manifests = manifests;
    this.namespace = namespace;
  }

  /** The object of that kind and name, or null. */
  GenericKubernetesResource find(GenericKubernetesResource wanted) {
    var type = new Type(wanted.getApiVersion(), wanted.getKind());
    if (namespace.equals(wanted.getMetadata().getNamespace()) && count(type) > 1) {
      var found = listed.computeIfAbsent(type, this::byName).get(wanted.getMetadata().getName());
      if (found != null) {
        return found;
      }
    }
    return kubernetes.resource(wanted).get();
  }

  private long count(Type type) {
    return manifests.stream().map(RenderedManifest::object)
        .filter(object -> type.equals(new Type((String) object.get("apiVersion"), (String) object.get("kind"))))
        .count();
  }

  private Map<String, GenericKubernetesResource> byName(Type type) {
    return list(kubernetes, type, owner, namespace).stream()
        .collect(Collectors.toMap(object -> object.getMetadata().getName(), object -> object));
  }

  /**
   * The objects of an owner, of any generation. None for a kind that Kubernetes does not serve, and none with a name
   * that no manifest can have, which is another's object with the same labels.
   */
  static List<GenericKubernetesResource> list(KubernetesClient kubernetes, Type type, Owner owner, String namespace) {
    try {
      var items = kubernetes.genericKubernetesResources(type.apiVersion(), type.kind()).inNamespace(namespace)
          .withLabels(OwnerLabels.selector(owner)).list().getItems();
      // Items of a list have no apiVersion and kind.
      items.forEach(object -> {
        object.setApiVersion(type.apiVersion());
        object.setKind(type.kind());
      });
      return items.stream()
          .filter(object -> ObjectNames.isName(type.apiVersion(), type.kind(), object.getMetadata().getName()))
          .toList();
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }
}
