package io.hyperfleet.local.pubsub.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What a Pub/Sub server must do. The contracts that extend this run against the local server and against Google's
 * emulator, so that the one is not kinder than the other.
 */
abstract class PubSubContract {

  PubSubClient client;

  abstract PubSubTarget target();

  @BeforeEach
  void openClient() {
    client = new PubSubClient(target().endpoint());
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  /** For what the service documents and the emulator does otherwise. */
  void skipOnEmulator(String whatItDoes) {
    assumeFalse(target().isGooglesEmulator(), () -> "Google's emulator departs from the documentation: it "
        + whatItDoes);
  }

  static void assertRefused(Status.Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
  }
}
