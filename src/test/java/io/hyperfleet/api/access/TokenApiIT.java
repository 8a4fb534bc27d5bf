package io.hyperfleet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.hyperfleet.api.ApiIT;
import io.hyperfleet.local.LocalIssuer;
import java.util.Map;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** An API that asks for tokens of three issuers; the tests of it share one. */
@TestPropertySource(properties = {"hyperfleet.auth.enabled=true", "hyperfleet.auth.system-header=X-System"})
abstract class TokenApiIT extends ApiIT {

  static final LocalIssuer ISSUER = new LocalIssuer();
  static final LocalIssuer OTHER = new LocalIssuer();
  static final LocalIssuer ROTATING = new LocalIssuer();
  static final String SYSTEM = ISSUER.token(JWSAlgorithm.ES256,
      claims -> claims.subject("system:serviceaccount:hyperfleet:adapters"));
  static final String USER = ISSUER.token("user@example.com");

  @DynamicPropertySource
  static void issuers(DynamicPropertyRegistry registry) {
    var issuers = new LocalIssuer[]{ISSUER, OTHER, ROTATING};
    for (int i = 0; i < issuers.length; i++) {
      registry.add("hyperfleet.auth.issuers[" + i + "].issuer-url", issuers[i]::url);
      registry.add("hyperfleet.auth.issuers[" + i + "].jwks-url", issuers[i]::keysUrl);
    }
    Map.of("issuers[0].audience", "hyperfleet",
        "issuers[0].identity-claim-pattern", "[^@]+@example\\.com",
        "issuers[0].identity-header", "X-User",
        "issuers[0].system-pattern", "system:serviceaccount:hyperfleet:.+",
        "issuers[1].header", "X-Other-Token")
        .forEach((key, value) -> registry.add("hyperfleet.auth." + key, () -> value));
  }

  Answer as(String token, String method, String path, String body) {
    return send(method, path, body, "Authorization", "Bearer " + token);
  }

  String id() {
    return as(USER, "POST", "/clusters", cluster("demo")).text("id");
  }

  static void assertRefused(Answer answer, String code) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text("code")).isEqualTo("HYPERFLEET-" + code);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    assertThat(answer.header("vary")).containsIgnoringCase("authorization");
    assertThat(answer.text("trace_id")).isEqualTo(answer.header("x-request-id"));
    assertThat(answer.response().body()).doesNotContain("JWT").doesNotContain("kid").doesNotContain("Exception");
  }
}
