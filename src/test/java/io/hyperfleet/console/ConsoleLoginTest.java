package io.hyperfleet.console;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a login needs, and what becomes of an issuer that is away. */
class ConsoleLoginTest {

  @ParameterizedTest
  @CsvSource({"'', console, openid, issuer-url: is required",
      "https://sso.example.com, '', openid, client-id: is required",
      "https://sso.example.com, console, email, scopes: must contain openid"})
  void whatIsMissingStopsTheStart(String issuer, String client, String scope, String message) {
    assertThatThrownBy(
        () -> new ConsoleLogin(new ConsoleProperties.Login(issuer, client, null, List.of(scope))).check())
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("hyperfleet.console.login." + message);
  }

  @Test
  void anIssuerThatIsAwayIsAskedAgain() {
    var login = new ConsoleLogin(new ConsoleProperties.Login("http://localhost:1", "console", null, List.of("openid")));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> login.findByRegistrationId(ConsoleLogin.REGISTRATION))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
