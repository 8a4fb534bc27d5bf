package io.hyperfleet.local.kubernetes;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The local Kubernetes answers as a real one did, request by request, in their order. */
class RecordedAnswersTest {

  private static final LocalKubernetes LOCAL =
      LocalKubernetes.start(new Settings(0, Duration.ofMinutes(10), Duration.ofMinutes(10)));
  private static final RecordedAnswers ANSWERS = new RecordedAnswers(LOCAL.config(), true);

  @BeforeAll
  static void prepare() {
    ANSWERS.prepare();
    LOCAL.compact();
  }

  @AfterAll
  static void close() {
    ANSWERS.close();
    LOCAL.close();
  }

  static Stream<Arguments> recorded() throws IOException {
    return RecordedAnswers.all().stream().map(recorded -> arguments(recorded.name(), recorded));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void answersAsKubernetesDoes(String name, RecordedAnswers.Recorded recorded) throws Exception {
    ANSWERS.check(recorded);
  }
}
