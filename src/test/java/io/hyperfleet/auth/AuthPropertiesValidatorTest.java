package io.hyperfleet.auth;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What the configuration of authentication must keep to. */
class AuthPropertiesValidatorTest {

  private static final Map<String, String> GOOD = Map.of(
      "issuers[0].issuer-url", "https://issuer.example.com", "issuers[0].jwks-url", "https://issuer.example.com/keys");

  private static void check(Map<String, String> settings) {
    var prefixed = new HashMap<String, String>();
    settings.forEach((key, value) -> prefixed.put("hyperfleet.auth." + key, value));
    AuthPropertiesValidator.check(new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate("hyperfleet.auth", AuthProperties.class));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      system-header               | Authorization                  | system-header: must be the name of a header
      issuers[0].issuer-url       | ''                             | issuers[0].issuer-url: is required
      issuers[0].jwks-file        | keys.json                      | exactly one of jwks-url and jwks-file
      issuers[0].jwks-url         | http://issuer.example.com/keys | must be an https URL
      issuers[0].jwks-url         | file:///etc/passwd             | must be an https URL
      issuers[0].header           | a b                            | must be the name of a header
      issuers[0].identity-header  | Cookie                         | that carries no secret
      issuers[0].identity-claim-pattern | (                        | must be a regular expression
      issuers[0].system-pattern   | [                              | must be a regular expression
      """)
  void namesTheKeyAndTheRule(String key, String value, String message) {
    var settings = new HashMap<>(GOOD);
    settings.put(key, value);

    assertThatThrownBy(() -> check(settings)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("hyperfleet.auth.").hasMessageContaining(message);
  }

  @Test
  void takesHttpOnThisMachine() {
    check(GOOD);
    check(Map.of("issuers[0].issuer-url", "x", "issuers[0].jwks-url", "http://localhost:1/keys"));
    check(Map.of("enabled", "false"));
  }

  @Test
  void needsAnIssuerUnlessItIsOff() {
    assertThatThrownBy(() -> check(Map.of()))
        .hasMessage("hyperfleet.auth.issuers: at least one issuer must be configured,"
            + " or hyperfleet.auth.enabled=false");
  }
}
