package io.hyperfleet.search;

import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;

/** Creates problems for invalid searches, with the position. */
final class InvalidSearch {

  private InvalidSearch() {}

  /**
   * A finding.
   *
   * @param position index of the first character that is wrong, from 0
   */
  static Problem at(int position, String rule) {
    return new Problem(ProblemCode.BAD_REQUEST, "invalid search at character " + (position + 1) + ": " + rule);
  }
}
