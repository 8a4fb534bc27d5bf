package io.hyperfleet.gitops.manifest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trailers that Git would not read stop the start. */
class TrailersTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "Two Words", "Colon:", "operation", "Resource-Key", "-dash", "new\nline"})
  void trailersThatGitWouldNotReadStopTheStart(String name) {
    assertThatThrownBy(() -> new Trailers(Map.of(name, "label")))
        .hasMessageContaining("hyperfleet.gitops.trailers: '" + name);
  }
}
