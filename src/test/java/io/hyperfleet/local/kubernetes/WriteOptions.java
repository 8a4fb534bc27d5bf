package io.hyperfleet.local.kubernetes;

import io.hyperfleet.local.kubernetes.ManagedFields.Owner;

/** Who writes, to which part of an object, and how. */
record WriteOptions(String manager, boolean apply, String subresource, boolean force, boolean dryRun) {

  static WriteOptions of(ApiRequest request, String subresource) {
    return new WriteOptions(request.fieldManager(), request.contentType().startsWith("application/apply-patch"),
        subresource, request.flag("force"), request.parameter("dryRun").equals("All"));
  }

  /** A controller that writes an object's spec or metadata. */
  static WriteOptions controller(String manager) {
    return new WriteOptions(manager, false, "", false, false);
  }

  /** A controller that writes an object's status. */
  static WriteOptions status(String manager) {
    return new WriteOptions(manager, false, "status", false, false);
  }

  boolean toStatus() {
    return subresource.equals("status");
  }

  Owner owner(ResourceType type) {
    return new Owner(manager, apply ? "Apply" : "Update", type.apiVersion(), subresource);
  }
}
