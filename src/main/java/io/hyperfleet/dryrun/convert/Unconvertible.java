package io.hyperfleet.dryrun.convert;

/** Thrown for parts without a counterpart. */
final class Unconvertible extends RuntimeException {

  Unconvertible(String what) {
    super(what, null, false, false);
  }
}
