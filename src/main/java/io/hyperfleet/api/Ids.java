package io.hyperfleet.api;

import io.hyperfleet.id.UuidV7;
import io.hyperfleet.problem.Problem;
import java.util.UUID;

/** Ids in paths. */
final class Ids {

  private Ids() {}

  /**
   * The id that a path names.
   *
   * @throws Problem {@code NOT_FOUND} when nothing can have that id
   */
  static UUID of(String kind, String text) {
    var id = UuidV7.parse(text);
    if (id == null) {
      throw Problem.notFound(kind, text);
    }
    return id;
  }
}
