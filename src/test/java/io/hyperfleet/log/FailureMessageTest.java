package io.hyperfleet.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure always says something. */
class FailureMessageTest {

  static Stream<Arguments> failures() {
    var cyclic = new IllegalStateException((String) null);
    cyclic.initCause(new IllegalArgumentException(null, cyclic));
    return Stream.of(
        Arguments.of(new IllegalStateException("what"), "what"),
        Arguments.of(new IllegalStateException(" what\n"), "what"),
        Arguments.of(new NullPointerException(), "NullPointerException"),
        Arguments.of(new IllegalStateException(null, new InterruptedException()), "InterruptedException"),
        Arguments.of(new IllegalStateException("null", new IllegalArgumentException("cause")), "cause"),
        Arguments.of(new IllegalStateException(" ", new IllegalArgumentException("")), "IllegalArgumentException"),
        Arguments.of(new RuntimeException() {}, FailureMessageTest.class.getName() + "$1"),
        Arguments.of(cyclic, "IllegalArgumentException"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysSomething(Throwable failure, String words) {
    assertThat(FailureMessage.of(failure)).isEqualTo(words);
  }
}
