package io.hyperfleet.auth;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.local.SlowServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An issuer that does not end its answer keeps nobody. */
class SlowIssuerTest {

  @ParameterizedTest
  @EnumSource
  @Timeout(30)
  void askingForKeysEnds(SlowServer.Answer answer) throws Exception {
    try (var issuer = new SlowServer(answer)) {
      var keys = new IssuerKeys.HereOnly(null, Duration.ofMillis(200), URI.create(issuer.url()).toURL(), null);
      assertThatThrownBy(() -> keys.retrieveResource(URI.create(issuer.url()).toURL())).isInstanceOf(IOException.class);
    }
  }
}
