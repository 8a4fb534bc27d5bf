package io.hyperfleet.api.access;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.hyperfleet.local.LocalIssuer;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** Who may call the API, and as whom. */
class AuthHttpIT extends TokenApiIT {

  @LocalManagementPort
  private int managementPort;

  @Test
  void asksForATokenEverywhereButForTheContract() {
    assertRefused(get("/clusters"), "AUT-001");
    assertRefused(post("/clusters", cluster("demo")), "AUT-001");
    assertRefused(get("/nowhere"), "AUT-001");
    assertRefused(send("GET", "//api/clusters/x", null), "AUT-001");
    assertThat(get("/openapi").status()).isEqualTo(200);
    assertThat(get("/openapi/").status()).isEqualTo(200);
  }

  @Test
  void leavesTheManagementPortAsItIs() throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/healthz")).build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"RS256", "ES256"})
  void takesTokensOfItsIssuers(String algorithm) {
    var token = ISSUER.token(JWSAlgorithm.parse(algorithm), claims -> claims.claim("email", "user@example.com"));

    assertThat(as(token, "GET", "/clusters", null).status()).isEqualTo(200);
    assertThat(send("GET", "/clusters", null, "Authorization", "bearer " + token).status()).isEqualTo(200);
    assertThat(send("GET", "/clusters", null, "X-Other-Token", "Bearer " + OTHER.token("x")).status()).isEqualTo(200);
    assertThat(send("GET", "/clusters", null, "Authorization", "Bearer nonsense", "X-Other-Token",
        "Bearer " + OTHER.token("x")).status()).isEqualTo(200);
  }

  @Test
  void refusesTokensThatAreNotGood() throws Exception {
    var rsa = ISSUER.rsa();
    var claims = new JWTClaimsSet.Builder().issuer(ISSUER.url()).audience("hyperfleet").claim("email", "a@example.com")
        .expirationTime(Date.from(Instant.now().plusSeconds(600))).build();
    var confused = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(rsa.getKeyID()).build(), claims);
    confused.sign(new MACSigner(rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
    var good = USER.split("\\.");
    var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(
        new String(Base64.getUrlDecoder().decode(good[1]), StandardCharsets.UTF_8).replace("user@", "root@")
            .getBytes(StandardCharsets.UTF_8));
    var tokens = Map.ofEntries(
        Map.entry("unsigned", new PlainJWT(claims).serialize()),
        Map.entry("symmetric", confused.serialize()),
        Map.entry("forged", good[0] + "." + forged + "." + good[2]),
        Map.entry("cut", USER.substring(0, USER.length() - 10)),
        Map.entry("other algorithm", token(JWSAlgorithm.RS512, c -> c)),
        Map.entry("other issuer", token(JWSAlgorithm.RS256, c -> c.issuer("https://elsewhere.example.com"))),
        Map.entry("other keys", OTHER.token(JWSAlgorithm.RS256, c -> c.issuer(ISSUER.url()))),
        Map.entry("other audience", token(JWSAlgorithm.RS256, c -> c.audience("elsewhere"))),
        Map.entry("no audience", token(JWSAlgorithm.RS256, c -> c.audience((String) null))),
        Map.entry("not yet", token(JWSAlgorithm.RS256, c -> c.notBeforeTime(in(Duration.ofMinutes(5))))),
        Map.entry("for ever", token(JWSAlgorithm.RS256, c -> c.expirationTime(null))),
        Map.entry("nonsense", "nonsense"),
        Map.entry("empty", "."));
    assertThat(tokens).allSatisfy((name, token) -> assertRefused(as(token, "GET", "/clusters", null), "AUT-002"));
    assertRefused(send("GET", "/clusters", null, "Authorization", "Basic dXNlcjpwYXNz"), "AUT-002");
    assertRefused(as(expired(Duration.ofMinutes(5)), "GET", "/clusters", null), "AUT-003");
    assertThat(as(expired(Duration.ofSeconds(5)), "GET", "/clusters", null).status()).as("leeway").isEqualTo(200);
  }

  @Test
  void takesATokenFromItsHeaderOnly() {
    for (String header : List.of("", "Bearer", "Bearer " + USER + " " + USER, "Bearer " + USER + ", Bearer " + USER,
        "Bearer  " + USER,
        "Bearer\t" + USER, "Bearer \"" + USER + "\"", "Token " + USER, "DPoP " + USER, USER)) {
      assertRefused(send("GET", "/clusters", null, "Authorization", header), "AUT-002");
    }
    assertRefused(get("/clusters?access_token=" + USER), "AUT-001");
    assertRefused(send("POST", "/clusters?access_token=" + USER, cluster("demo")), "AUT-001");
  }

  /** Numbers of any size and form, in each of the three claims, beside those that are right. */
  @Test
  void takesNoTimeThatIsNotOne() {
    long now = Instant.now().getEpochSecond();
    var random = new Random(13);
    var wrong = new ArrayList<>(
        List.of("-1", "-9223372036854775809", "253402300800", "9223372036854775", "9223372036854776",
            "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "1e20",
            "1e400", "-1e400",
            "1E2147483648", "0.5", "1e-400", "\"" + now + "\"", "\"x\"", "true", "[]", "{}", "[" + now + "]"));
    for (int i = 0; i < 100; i++) {
      // Their lower 64 bits are a time that has been.
      wrong.add(new BigInteger(1 + random.nextInt(100), random).add(BigInteger.ONE).shiftLeft(64)
          .add(BigInteger.valueOf(now - random.nextInt(1000))).toString());
    }
    for (String time : wrong) {
      for (String claim : List.of("exp", "nbf", "iat")) {
        var claims = new TreeMap<>(
            Map.of("exp", String.valueOf(now + 600), "nbf", String.valueOf(now - 5), "iat", String.valueOf(now - 5)));
        claims.put(claim, time);
        var token = ISSUER
            .tokenOf("{\"iss\": \"" + ISSUER.url() + "\", \"aud\": \"hyperfleet\", \"email\": \"a@example.com\""
                + claims.entrySet().stream().map(entry -> ", \"" + entry.getKey() + "\": " + entry.getValue())
                    .collect(joining())
                + "}");
        var answer = as(token, "GET", "/clusters", null);
        assertThat(answer.status()).as("%s: %s", claim, time).isEqualTo(401);
      }
    }
    var good = "{\"iss\": \"" + ISSUER.url() + "\", \"aud\": \"hyperfleet\", \"email\": \"a@example.com\", \"exp\": "
        + (now + 600) + "%s}";
    assertThat(as(ISSUER.tokenOf(good.formatted("")), "GET", "/clusters", null).status()).isEqualTo(200);
    assertRefused(as(ISSUER.tokenOf(good.formatted(", \"exp\": " + (now + 600))), "GET", "/clusters", null), "AUT-002");
    for (String email : List.of("\\u0000@example.com", "\\ud800@example.com")) {
      var answer = as(ISSUER.tokenOf(good.formatted("").replace("a@example.com", email)), "POST", "/clusters",
          cluster("demo"));
      assertRefused(answer, "AUT-002");
    }
  }

  private static String token(JWSAlgorithm algorithm, UnaryOperator<JWTClaimsSet.Builder> claims) {
    return ISSUER.token(algorithm, claims);
  }

  private static String expired(Duration ago) {
    return token(JWSAlgorithm.RS256,
        claims -> claims.issueTime(in(Duration.ofHours(-2))).expirationTime(in(ago.negated())));
  }

  private static Date in(Duration time) {
    return Date.from(Instant.now().plus(time));
  }

  /**
   * What a token says about its own key counts for nothing: no key comes out of it, and no address is asked for one.
   */
  @Test
  void takesNoKeyFromATokenItself() throws Exception {
    var mine = new RSAKeyGenerator(2048).keyID("mine").generate();
    try (var stranger = new LocalIssuer()) {
      var keys = URI.create(stranger.keysUrl());
      var headers = Map.of(
          "unknown key id", new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("mine").build(),
          "no key id", new JWSHeader.Builder(JWSAlgorithm.RS256).build(),
          "the issuer's key id", new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(ISSUER.rsa().getKeyID()).build(),
          "its own key", new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(mine.toPublicJWK()).build(),
          "address of keys", new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("mine").jwkURL(keys).build(),
          "address of a certificate", new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("mine").x509CertURL(keys).build(),
          "key id that is a path", new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("../../../../dev/null").build(),
          "key id that is SQL", new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("x' union select 'y").build());
      assertThat(headers)
          .allSatisfy((name, header) -> assertRefused(as(signed(header, mine), "GET", "/clusters", null), "AUT-002"));
      assertThat(stranger.fetches()).isZero();
    }
    assertRefused(as(signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(ISSUER.rsa().getKeyID())
        .criticalParams(Set.of("exp")).customParam("exp", 1).build(), ISSUER.rsa()), "GET", "/clusters", null),
        "AUT-002");
    assertRefused(as(signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(ISSUER.rsa().getKeyID())
        .type(new JOSEObjectType("logout+jwt")).build(), ISSUER.rsa()), "GET", "/clusters", null), "AUT-002");
  }

  private static String signed(JWSHeader header, RSAKey key) {
    var token = new SignedJWT(header, new JWTClaimsSet.Builder().issuer(ISSUER.url()).audience("hyperfleet")
        .claim("email", "a@example.com").expirationTime(in(Duration.ofMinutes(10))).build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  @Test
  void refusesTokensThatAreHuge() {
    assertThat(as("x".repeat(40_000), "GET", "/clusters", null).status()).isEqualTo(400);
  }

  @Test
  void namesTheCallerInTheRecord() {
    var id = id();
    var other = ISSUER.token("other@example.com");
    var changed = as(other, "PATCH", "/clusters/" + id, "{\"spec\": {}}");
    assertThat(changed.text("created_by")).isEqualTo("user@example.com");
    assertThat(changed.text("updated_by")).isEqualTo("other@example.com");
    var deleted = send("DELETE", "/clusters/" + id, null, "Authorization", "Bearer " + other, "X-User", "Ann Other");
    assertThat(deleted.text("deleted_by")).isEqualTo("Ann Other");
  }

  @Test
  void letsOnlyCallersWithANameWrite() {
    var nameless = ISSUER.token(JWSAlgorithm.RS256, claims -> claims);
    var stranger = ISSUER.token("user@elsewhere.com");

    for (var token : new String[]{nameless, stranger}) {
      assertThat(as(token, "GET", "/clusters", null).status()).isEqualTo(200);
      assertRefused(as(token, "POST", "/clusters", cluster("demo")), "AUT-001");
    }
    assertRefused(
        send("POST", "/clusters", cluster("demo"), "Authorization", "Bearer " + USER, "X-User", "x".repeat(257)),
        "AUT-001");
  }

  @Test
  void knowsNewKeysAtOnceAndOldOnesWhileTheIssuerIsAway() {
    var before = ROTATING.token("x");
    assertThat(as(before, "GET", "/clusters", null).status()).isEqualTo(200);
    assertThat(as(before, "GET", "/clusters", null).status()).isEqualTo(200);
    assertThat(ROTATING.fetches()).isEqualTo(1);

    ROTATING.rotate();
    var after = ROTATING.token("x");
    assertThat(as(after, "GET", "/clusters", null).status()).isEqualTo(200);
    assertThat(ROTATING.fetches()).isEqualTo(2);
    assertRefused(as(before, "GET", "/clusters", null), "AUT-002");

    ROTATING.away(true);
    ROTATING.rotate();
    assertRefused(as(ROTATING.token("x"), "GET", "/clusters", null), "AUT-002");
    assertThat(as(after, "GET", "/clusters", null).status()).isEqualTo(200);
    assertThat(ROTATING.fetches()).as("two in 30 seconds").isEqualTo(2);
  }
}
