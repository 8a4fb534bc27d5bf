package io.hyperfleet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import io.hyperfleet.local.LocalIssuer;
import org.junit.jupiter.api.Test;

/** Where the keys of an issuer are read. */
class IssuerKeysTest {

  @Test
  void doesNotFollowARedirect() {
    try (var issuer = new LocalIssuer(); var stranger = new LocalIssuer()) {
      issuer.redirect(stranger.keysUrl());
      var processor = IssuerKeys.processor(new AuthProperties.Issuer(issuer.url(), issuer.keysUrl(), null, null,
          "Authorization", null, "email", null, null, "sub", null));

      assertThatThrownBy(() -> processor.process(stranger.token("a@example.com"), null)).isInstanceOf(KeySourceException.class);

      assertThat(issuer.fetches()).isPositive();
      assertThat(stranger.fetches()).isZero();
    }
  }
}
