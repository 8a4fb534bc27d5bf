package io.hyperfleet.adapter.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class AdapterPropertiesTest {

  private final ApplicationContextRunner start = new ApplicationContextRunner().withUserConfiguration(Properties.class);

  /** A process that announced less often would be considered gone although it runs. */
  @ParameterizedTest
  @CsvSource({"21s, 20", "1h, 20", "0s, 100", "-1s, 100"})
  void anIntervalThatIsNotPossibleIsRefused(String interval, String limit) {
    start.withPropertyValues("hyperfleet.adapters.announce-interval=" + interval)
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("announceInterval")
            .hasMessageContaining(limit));
  }

  @Test
  void twentySecondsArePossible() {
    start.withPropertyValues("hyperfleet.adapters.announce-interval=20s")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Configuration
  @EnableConfigurationProperties(AdapterProperties.class)
  static class Properties {}
}
