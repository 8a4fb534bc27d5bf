package io.hyperfleet.local.kubernetes.resource;

import io.hyperfleet.local.kubernetes.resource.ManagedFields.Owner;

/** Who writes, to which part of an object, and how. */
public record WriteOptions(String manager, boolean apply, String subresource, boolean force, boolean dryRun) {

  public static WriteOptions of(ApiRequest request, String subresource) {
    return new WriteOptions(request.fieldManager(), request.contentType().startsWith("application/apply-patch"),
        subresource, request.flag("force"), request.parameter("dryRun").equals("All"));
  }

  /** A controller that writes an object's spec or metadata. */
  public static WriteOptions controller(String manager) {
    return new WriteOptions(manager, false, "", false, false);
  }

  /** A controller that writes an object's status. */
  public static WriteOptions status(String manager) {
    return new WriteOptions(manager, false, "status", false, false);
  }

  public boolean toStatus() {
    return subresource.equals("status");
  }

  public Owner owner(ResourceType type) {
    return new Owner(manager, apply ? "Apply" : "Update", type.apiVersion(), subresource);
  }
}
