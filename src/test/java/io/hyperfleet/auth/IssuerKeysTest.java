package io.hyperfleet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import io.hyperfleet.local.LocalIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the keys of an issuer are read. */
class IssuerKeysTest {

  @Test
  void doesNotFollowARedirect() {
    try (var issuer = new LocalIssuer(); var stranger = new LocalIssuer()) {
      issuer.redirect(stranger.keysUrl());
      var processor = IssuerKeys.processor(new AuthProperties.Issuer(issuer.url(), issuer.keysUrl(), null, null, null,
          "Authorization", null, "email", null, null, "sub", null, null));

      assertThatThrownBy(() -> processor.process(stranger.token("a@example.com"), null))
          .isInstanceOf(KeySourceException.class);

      assertThat(issuer.fetches()).isPositive();
      assertThat(stranger.fetches()).isZero();
    }
  }

  @TempDir
  private Path folder;

  private AuthProperties.Issuer withToken(String issuer, String keys, String token) throws IOException {
    var file = folder.resolve("token");
    Files.writeString(file, token);
    return new AuthProperties.Issuer(issuer, keys, null, null, file.toString(), "Authorization", null, "email", null,
        null, "sub", null, null);
  }

  /** As a cluster's API server does, which answers 403 to a request without a token. */
  @Test
  void showsTheTokenToAnIssuerThatWantsOne() throws Exception {
    try (var issuer = new LocalIssuer()) {
      issuer.wantToken("pods-own");
      var anonymous = IssuerKeys.processor(new AuthProperties.Issuer(issuer.url(), issuer.keysUrl(), null, null, null,
          "Authorization", null, "email", null, null, "sub", null, null));
      assertThatThrownBy(() -> anonymous.process(issuer.token("a@example.com"), null))
          .isInstanceOf(KeySourceException.class);

      var processor = IssuerKeys.processor(withToken(issuer.url(), issuer.keysUrl(), "pods-own\n"));
      assertThat(processor.process(issuer.token("a@example.com"), null).getClaim("email")).isEqualTo("a@example.com");
      assertThat(issuer.shown()).last().isEqualTo("Bearer pods-own");
    }
  }

  @Test
  void readsTheTokenForEachRequest() throws Exception {
    try (var issuer = new LocalIssuer()) {
      var settings = withToken(issuer.url(), issuer.keysUrl(), "old");
      withToken(issuer.url(), issuer.keysUrl(), "renewed");
      issuer.wantToken("renewed");
      assertThat(IssuerKeys.processor(settings).process(issuer.token("a@example.com"), null)).isNotNull();
    }
  }

  @Test
  void showsTheTokenToNobodyElse() throws Exception {
    try (var issuer = new LocalIssuer(); var stranger = new LocalIssuer()) {
      issuer.redirect(stranger.keysUrl());
      var settings = withToken(issuer.url(), issuer.keysUrl(), "pods-own");
      assertThatThrownBy(() -> IssuerKeys.processor(settings).process(stranger.token("a@example.com"), null))
          .isInstanceOf(KeySourceException.class);
      assertThat(stranger.shown()).isEmpty();

      // Whatever leads to another address, the token stays here.
      var here = URI.create(issuer.keysUrl()).toURL();
      var retriever = new IssuerKeys.HereOnly(null, Duration.ofSeconds(5), here, folder.resolve("token"));
      for (String url : new String[]{stranger.keysUrl(), issuer.url() + "/other", issuer.keysUrl() + "?a=b",
          issuer.keysUrl() + "/"}) {
        assertThat(retriever.openHTTPConnection(URI.create(url).toURL()).getRequestProperty("Authorization")).as(url)
            .isNull();
      }
      retriever.retrieveResource(URI.create(stranger.keysUrl()).toURL());
      assertThat(stranger.shown()).containsExactly("null");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "line\nbreak: evil"})
  void sendsNothingThatIsNoToken(String text) throws Exception {
    try (var issuer = new LocalIssuer()) {
      var processor = IssuerKeys.processor(withToken(issuer.url(), issuer.keysUrl(), text));
      assertThatThrownBy(() -> processor.process(issuer.token("a@example.com"), null))
          .isInstanceOf(KeySourceException.class);
      assertThat(issuer.shown()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(nullValues = "-", textBlock = """
      https://kubernetes.default.svc/openid/v1/jwks                   | true
      https://kubernetes.default.svc.cluster.local/openid/v1/jwks     | true
      https://kubernetes.default.svc.cluster.local:443/openid/v1/jwks | true
      https://kubernetes/openid/v1/jwks                               | true
      https://10.96.0.1/openid/v1/jwks                                | true
      https://10.96.0.2/openid/v1/jwks                                | false
      http://kubernetes.default.svc/openid/v1/jwks                    | false
      https://kubernetes.default.svc@evil.example.com/jwks            | false
      https://evil@kubernetes.default.svc/jwks                        | false
      https://kubernetes.default.example.com/jwks                     | false
      https://kubernetes.evil.com/jwks                                | false
      https://evil.com/kubernetes.default.svc                         | false
      https://xkubernetes.default.svc/jwks                            | false
      https://sso.example.com/keys                                    | false
      -                                                               | false
      """, delimiter = '|')
  void showsThePodsTokenToItsClusterOnly(String url, boolean own) throws IOException {
    var token = Files.writeString(folder.resolve("token"), "pods-own");
    var cluster = new ClusterIssuer(folder, "10.96.0.1");
    assertThat(cluster.serves(url)).isEqualTo(own);

    var usual = new AuthProperties.Issuer("i", url, null, null, null, "Authorization", null, "email", null, null, "sub",
        null, null);
    assertThat(cluster.token(usual)).isEqualTo(own ? Optional.of(token) : Optional.empty());
    assertThat(cluster.certificates(usual)).as("there is no ca.crt").isEmpty();
    var none = new AuthProperties.Issuer("i", url, null, null, "", "Authorization", null, "email", null, null, "sub",
        null, null);
    assertThat(cluster.token(none)).isEmpty();
  }
}
