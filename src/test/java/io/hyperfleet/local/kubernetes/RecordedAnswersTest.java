package io.hyperfleet.local.kubernetes;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The local Kubernetes answers as a real one did, request by request, in their order. */
class RecordedAnswersTest {

  private static final LocalKubernetes LOCAL = LocalKubernetes
      .start(new Settings(0, Duration.ofMinutes(10), Duration.ofMinutes(10)));
  private static final RecordedAnswers ANSWERS = new RecordedAnswers(LOCAL.config(), true);

  /** Kinds that it does not know, and rules for values that it does not check. */
  private static final Set<String> BEYOND = Set.of("ports-without-key", "containers-without-name", "env-without-name",
      "union-two-handlers", "union-volume-two", "null-spec", "service-port-missing", "config-key-bad",
      "claim-modes-text", "claim-storage-bool",
      "policy-ports-text", "policy-selector-text", "record-null", "job-duplicate-env-mount", "job-bad-selector",
      "job-huge-int",
      "job-float-int", "job-bad-probe-port");

  @BeforeAll
  static void prepare() throws IOException {
    ANSWERS.prepare();
    LOCAL.compact();
  }

  @AfterAll
  static void close() {
    ANSWERS.close();
    LOCAL.close();
  }

  static Stream<Arguments> recorded() throws IOException {
    return RecordedAnswers.of("answers").stream().map(recorded -> arguments(recorded.name(), recorded));
  }

  /** Of kinds, and of checks of values, that the local one has. */
  static Stream<Arguments> typedPatches() throws IOException {
    return Stream.concat(RecordedAnswers.of("typed-patches").stream(),
        RecordedAnswers.of("refusals").stream().filter(recorded -> recorded.name().startsWith("job-")))
        .filter(recorded -> !BEYOND.contains(recorded.name()))
        .map(recorded -> arguments(recorded.name(), recorded));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"recorded", "typedPatches"})
  void answersAsKubernetesDoes(String name, RecordedAnswers.Recorded recorded) throws Exception {
    ANSWERS.check(recorded);
  }
}
