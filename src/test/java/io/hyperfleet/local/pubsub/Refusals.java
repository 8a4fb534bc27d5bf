package io.hyperfleet.local.pubsub;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The status errors that the services answer with. */
final class Refusals {

  private Refusals() {}

  static StatusRuntimeException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }

  static StatusRuntimeException outOfRange(String message) {
    return Status.OUT_OF_RANGE.withDescription(message).asRuntimeException();
  }

  static StatusRuntimeException notFound(String what, String name) {
    return Status.NOT_FOUND.withDescription(what + " not found: " + name).asRuntimeException();
  }

  static StatusRuntimeException alreadyExists(String what, String name) {
    return Status.ALREADY_EXISTS.withDescription(what + " already exists: " + name).asRuntimeException();
  }

  static StatusRuntimeException unimplemented(String what) {
    return Status.UNIMPLEMENTED
        .withDescription("The local Pub/Sub server has no " + what
            + "; set PUBSUB_EMULATOR_HOST to use Google's emulator instead")
        .asRuntimeException();
  }
}
