package io.hyperfleet.adapter.definition;

import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * A manifest that cannot become the resource that is wanted. It stands beside what Kubernetes itself refuses and has a
 * status of the same meaning, so that routes treat both alike.
 */
public class UnusableManifestException extends KubernetesClientException {

  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private UnusableManifestException(String message, int code) {
    super(message, code, null);
  }

  /** What the manifest says, filled in, is not what Kubernetes takes. */
  public static UnusableManifestException invalid(String message) {
    return new UnusableManifestException(message, UNPROCESSABLE);
  }

  /** The name of the object belongs to somebody else. */
  public static UnusableManifestException taken(String object) {
    return new UnusableManifestException(
        object + " exists and is not the adapter's (its labels say otherwise). Remove or rename it.", CONFLICT);
  }
}
