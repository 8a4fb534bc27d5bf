package io.hyperfleet.local.kubernetes;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
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

  /** These take a webhook, another client, or megabytes. */
  private static final Pattern ELSEWHERE = Pattern
      .compile("webhook-.*|wrong-token.*|too-large.*|annotations-too-large");

  private static RecordedAnswers answers;

  @BeforeAll
  static void prepare() throws Exception {
    answers = new RecordedAnswers(RealKubernetes.config(), false);
    answers.prepare();
    answers.prepareRefusals();
  }

  @AfterAll
  static void close() {
    if (answers != null) {
      answers.close();
    }
  }

  static Stream<Arguments> recorded() {
    return Stream.of("answers", "typed-patches", "refusals").flatMap(RealAnswersIT::recorded);
  }

  private static Stream<Arguments> recorded(String file) {
    try {
      return RecordedAnswers.of(file).stream().filter(recorded -> !ELSEWHERE.matcher(recorded.name()).matches())
          .map(recorded -> arguments(recorded.name(), recorded));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void answersAsItDid(String name, RecordedAnswers.Recorded recorded) throws Exception {
    answers.check(recorded);
  }
}
