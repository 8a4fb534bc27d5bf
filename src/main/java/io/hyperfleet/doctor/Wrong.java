package io.hyperfleet.doctor;

/** Thrown with what is wrong with a part, and what to do about it. */
final class Wrong extends Exception {

  Wrong(String what) {
    super(what, null, false, false);
  }
}
