package io.hyperfleet.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hawtio does not start without somebody who may open it. */
class HawtioPropertiesTest {

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "hawtio", "fifteen-letters"})
  void needsAPasswordWhenItIsOn(String password) {
    assertThatThrownBy(() -> new HawtioProperties(true, "operator", password))
        .hasMessage("hyperfleet.management.hawtio.password: 16 characters or more are required");
    assertThat(new HawtioProperties(false, "operator", password).enabled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a:b"})
  void needsANameThatBasicAuthenticationCanCarry(String username) {
    assertThatThrownBy(() -> new HawtioProperties(true, username, "x".repeat(16)))
        .hasMessage("hyperfleet.management.hawtio.username: a name without a colon is required");
  }

  @Test
  void doesNotShowThePassword() {
    assertThat(new HawtioProperties(true, "operator", "correct horse battery")).asString().contains("operator")
        .doesNotContain("horse");
  }
}
