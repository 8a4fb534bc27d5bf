package io.hyperfleet.local.kubernetes;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A real Kubernetes still answers as it was recorded. */
@Tag("kubernetes")
class RealAnswersIT {

  private static RecordedAnswers answers;

  @BeforeAll
  static void prepare() {
    answers = new RecordedAnswers(RealKubernetes.config(), false);
    answers.prepare();
  }

  @AfterAll
  static void close() {
    if (answers != null) {
      answers.close();
    }
  }

  static Stream<Arguments> recorded() throws IOException {
    return RecordedAnswersTest.recorded();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void answersAsItDid(String name, RecordedAnswers.Recorded recorded) throws Exception {
    answers.check(recorded);
  }
}
