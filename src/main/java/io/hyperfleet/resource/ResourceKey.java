package io.hyperfleet.resource;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.tenancy.Tenant;
import java.util.UUID;

/**
 * Identifies a resource.
 *
 * @param owner id of the resource that it must belong to, or null where any will do
 * @param tenant for whom it must exist
 */
public record ResourceKey(Kind kind, UUID id, UUID owner, Tenant tenant) {

  /** The problem for a missing resource. */
  public Problem notFound() {
    return Problem.notFound(kind.name(), id.toString());
  }
}
