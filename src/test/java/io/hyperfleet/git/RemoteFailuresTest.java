package io.hyperfleet.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class RemoteFailuresTest {

  @Test
  void aFailureWithoutAMessageIsSaidByItsCauseOrItsName() {
    assertThat(RemoteFailures.explain("https://git.example.com/fleet.git", new IOException()).getMessage())
        .contains("IOException").doesNotContain("null");
    assertThat(RemoteFailures
        .explain("https://git.example.com/fleet.git", new IOException(null, new SocketException("Connection reset")))
        .getMessage()).contains("Connection reset").doesNotContain("null");
  }
}
