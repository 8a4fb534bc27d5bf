package io.hyperfleet.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** How the driver may be told to send statements. */
class DatabaseConfigurationTest {

  @ParameterizedTest
  @CsvSource({"spring.datasource.url, jdbc:postgresql://db/fleet?preferQueryMode=simple",
      "spring.datasource.url, jdbc:postgresql://db/fleet?sslmode=require&preferQueryMode=Simple&x=1",
      "spring.datasource.hikari.data-source-properties.preferQueryMode, simple"})
  void valuesAreNeverWrittenIntoStatements(String key, String value) {
    assertThatThrownBy(() -> new DatabaseConfiguration(new MockEnvironment().withProperty(key, value)))
        .hasMessage("spring.datasource: preferQueryMode=simple is not allowed");
  }

  @Test
  void takesEveryOtherUrl() {
    assertThatCode(() -> new DatabaseConfiguration(new MockEnvironment().withProperty("spring.datasource.url",
        "jdbc:postgresql://db/fleet?preferQueryMode=extended"))).doesNotThrowAnyException();
  }
}
