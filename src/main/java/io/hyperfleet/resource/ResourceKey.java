package io.hyperfleet.resource;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.problem.Problem;
import java.util.UUID;

/**
 * Names one resource.
 *
 * @param owner id of the resource that it must belong to, or null where any will do
 */
public record ResourceKey(Kind kind, UUID id, UUID owner) {

  /** That there is no such resource. */
  public Problem notFound() {
    return Problem.notFound(kind.name(), id.toString());
  }
}
