package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.hyperfleet.cel.JsonText;
import io.hyperfleet.json.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pod has said last, whatever somebody wrote there. */
class JobResultsTest {

  private static final int CASES = 2_000;
  private static final List<String> PIECES = List.of("{", "}", "[", "]", "\"", "\\u0000", "\\ud800", ":", ",", "1e999",
      "18446744073709551616", "\u0000", "\uD83D", "\uDE00", "\uD83D\uDE00", "é", "\uFEFF", "\n", " ",
      "${jndi:ldap://x}",
      "null", "true", "a".repeat(1_000), "[".repeat(200), "\u0001", "\u001b[31m");

  @ParameterizedTest
  @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
      0 one      | -  -        | one
      0 one      | 0 two       | one
      0 one      | 1 two       | two
      1 one      | 2 two       | one
      0 -        | 0 two       | two
      1 -        | 0 two       | two
      0 -        | 0 -         | ''
      """)
  void theFirstContainerThatSaysSomethingIsHeardThoseThatFailedFirst(String one, String two, String said) {
    assertThat(JobResults.output(pod(container(one), container(two)))).isEqualTo(said);
  }

  @Test
  void aContainerThatWasStartedAgainHasSaidWhatItSaidLast() {
    var again = new ContainerStatusBuilder(container("0 now")).withNewLastState().withNewTerminated().withExitCode(1)
        .withMessage("before").endTerminated().endLastState().build();
    var running = new ContainerStatusBuilder().withName("r").withNewLastState().withNewTerminated().withExitCode(1)
        .withMessage("before").endTerminated().endLastState().withNewState().withNewRunning().endRunning().endState()
        .build();

    assertThat(JobResults.output(pod(again))).isEqualTo("now");
    assertThat(JobResults.output(pod(running))).isEqualTo("before");
    assertThat(JobResults.output(new Pod())).isEmpty();
  }

  /** Storable, no longer than Kubernetes keeps, and a value that can be reported, whatever stands there. */
  @Test
  void generatedMessagesAreHarmless() throws Exception {
    var random = new Random(17);
    for (int i = 0; i < CASES; i++) {
      var message = new StringBuilder();
      for (int piece = random.nextInt(i % 10 == 0 ? 400 : 12); piece >= 0; piece--) {
        message.append(PIECES.get(random.nextInt(PIECES.size())));
      }

      var output = JobResults.output(pod(container("0 -"), said(0, message.toString())));

      assertThat(StorableText.flaw(output)).isNull();
      assertThat(output.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
      assertThat(new ObjectMapper().writeValueAsString(JsonText.valueOrText(output))).hasSizeLessThan(40_000);
    }
  }

  @Test
  void whatIsLongerThanKubernetesKeepsIsCutBetweenCharacters() {
    assertThat(JobResults.output(pod(said(0, "a" + "é".repeat(4_000))))).isEqualTo("a" + "é".repeat(2_047));
  }

  private static Pod pod(ContainerStatus... containers) {
    var there = new ArrayList<>(List.of(containers));
    there.removeIf(container -> container.getName() == null);
    return new PodBuilder().withNewMetadata().withName("p").endMetadata().withNewStatus()
        .withContainerStatuses(there).endStatus().build();
  }

  /** An exit code and a message; {@code -} is no message, and no container where it stands for the code. */
  private static ContainerStatus container(String text) {
    var parts = text.split(" +");
    return parts[0].equals("-")
        ? new ContainerStatus()
        : said(Integer.parseInt(parts[0]), parts[1].equals("-") ? null : parts[1]);
  }

  private static ContainerStatus said(int code, String message) {
    return new ContainerStatusBuilder().withName("c").withNewState().withNewTerminated().withExitCode(code)
        .withMessage(message).endTerminated().endState().build();
  }
}
