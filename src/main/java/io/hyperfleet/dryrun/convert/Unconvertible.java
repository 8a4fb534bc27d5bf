package io.hyperfleet.dryrun.convert;

/** Thrown for what has no counterpart, with what it is. */
final class Unconvertible extends RuntimeException {

  Unconvertible(String what) {
    super(what, null, false, false);
  }
}
