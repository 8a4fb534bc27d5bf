package io.hyperfleet.adapter;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.adapter.AdapterDefinition.RenderedManifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what an adapter has made already with as few requests as there are kinds: objects of a kind that several manifests
 * make are listed once, by their labels.
 */
final class ExistingObjects {

  private record Type(String apiVersion, String kind) {}

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
      var found = listed.computeIfAbsent(type, this::list).get(wanted.getMetadata().getName());
      if (found != null) {
        return found;
      }
    }
    return kubernetes.resource(wanted).get();
  }

  private long count(Type type) {
    return manifests.stream().map(RenderedManifest::object)
        .filter(object -> type.equals(new Type((String) object.get("apiVersion"), (String) object.get("kind")))).count();
  }

  private Map<String, GenericKubernetesResource> list(Type type) {
    var byName = new HashMap<String, GenericKubernetesResource>();
    for (var object : kubernetes.genericKubernetesResources(type.apiVersion(), type.kind()).inNamespace(namespace)
        .withLabels(OwnerLabels.selector(owner)).list().getItems()) {
      // Items of a list do not say what they are.
      object.setApiVersion(type.apiVersion());
      object.setKind(type.kind());
      byName.put(object.getMetadata().getName(), object);
    }
    return byName;
  }
}
