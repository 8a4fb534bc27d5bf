package io.hyperfleet.adapter.definition;

import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * A manifest that cannot be applied. It has the status of a corresponding rejection by Kubernetes, so that routes treat
 * both alike.
 */
public class UnusableManifestException extends KubernetesClientException {

  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private UnusableManifestException(String message, int code) {
    super(message, code, null);
  }

  /** The rendered manifest is not valid for Kubernetes. */
  public static UnusableManifestException invalid(String message) {
    return new UnusableManifestException(message, UNPROCESSABLE);
  }

  /** An object of another owner has the name. */
  public static UnusableManifestException taken(String object) {
    return new UnusableManifestException(
        object + " exists and its labels do not name this adapter as its owner. Delete or rename it.", CONFLICT);
  }
}
