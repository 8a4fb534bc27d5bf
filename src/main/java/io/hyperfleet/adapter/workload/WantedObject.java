package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.JobTtl;
import io.hyperfleet.adapter.definition.ManifestDigest;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.kubernetes.ObjectNames;
import java.util.Map;

/**
 * The wanted state of an object of a resource-adapter.
 *
 * @param name the manifest's name
 * @param object the object to apply: the manifest, with the adapter's revision
 * @param manifest the manifest with the platform's labels and annotations, for comparison with the existing object
 * @param digest of the manifest as its author wrote it
 * @param recreate whether a changed manifest replaces the object instead of updating it
 */
record WantedObject(String name, GenericKubernetesResource object, Map<String, Object> manifest, String digest,
    boolean recreate) {

  /**
   * The object of a rendered manifest.
   *
   * @throws UnusableManifestException when it is not a Kubernetes object
   */
  static WantedObject of(AdapterDefinition.RenderedManifest rendered, Owner owner, AdapterDefinition definition,
      KubernetesSerialization mapper) {
    var manifest = rendered.object();
    var digest = ManifestDigest.of(manifest);
    try {
      JobTtl.raise(manifest);
      OwnerLabels.stamp(manifest, owner);
      OwnerLabels.annotate(manifest, OwnerLabels.MANIFEST, rendered.name());
      OwnerLabels.annotate(manifest, OwnerLabels.MANIFEST_DIGEST, digest);
      // Not part of the manifest, so that an otherwise equal object of an earlier revision is not changed.
      OwnerLabels.removeAnnotation(manifest, OwnerLabels.ADAPTER_REVISION);
      var object = mapper.convertValue(manifest, GenericKubernetesResource.class);
      var metadata = object.getMetadata();
      metadata.getAnnotations().put(OwnerLabels.ADAPTER_REVISION, definition.digest());
      if (metadata.getName() == null) {
        throw UnusableManifestException.invalid("the manifest of a " + object.getKind() + " has no metadata.name");
      }
      if (metadata.getNamespace() == null) {
        metadata.setNamespace(definition.namespace());
      }
      checkAddress("manifest " + rendered.name() + ": metadata.", object);
      return new WantedObject(rendered.name(), object, manifest, digest,
          definition.workload().recreated().contains(rendered.name()));
    } catch (IllegalArgumentException e) {
      throw UnusableManifestException.invalid("the manifest is not a Kubernetes object: " + e.getMessage());
    }
  }

  /** Sets the attempt of a Job, which is not part of the digest. */
  void number(int attempt) {
    OwnerLabels.annotate(manifest, OwnerLabels.ATTEMPT, String.valueOf(attempt));
    object.getMetadata().getAnnotations().put(OwnerLabels.ATTEMPT, String.valueOf(attempt));
  }

  /** The parts of the object's URL. */
  private static void checkAddress(String what, GenericKubernetesResource object) {
    try {
      ObjectNames.name(what + "name", object.getApiVersion(), object.getKind(), object.getMetadata().getName());
      ObjectNames.namespace(what + "namespace", object.getMetadata().getNamespace());
    } catch (IllegalArgumentException e) {
      throw UnusableManifestException.invalid(e.getMessage());
    }
  }
}
