package io.hyperfleet.doctor;

/** A problem of a part, with what to do. */
final class Wrong extends Exception {

  Wrong(String what) {
    super(what, null, false, false);
  }
}
