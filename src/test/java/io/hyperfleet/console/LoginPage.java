package io.hyperfleet.console;

import com.nimbusds.jose.JWSAlgorithm;
import com.sun.net.httpserver.HttpExchange;
import io.hyperfleet.local.LocalIssuer;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** An OpenID Connect provider at which somebody is logged in already, so that it asks for no password. */
final class LoginPage {

  private final LocalIssuer issuer;
  private final Map<String, String> nonces = new ConcurrentHashMap<>();
  private final List<String> grants = new CopyOnWriteArrayList<>();
  private volatile String email = "ann@example.com";
  private volatile String subject = "ann";
  private volatile boolean ended;

  LoginPage(LocalIssuer issuer) {
    this.issuer = issuer;
    issuer.serve("/.well-known/openid-configuration", exchange -> answer(exchange, 200, """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
         "jwks_uri": "%1$s/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
         "id_token_signing_alg_values_supported": ["RS256"]}""".formatted(issuer.url())));
    issuer.serve("/authorize", exchange -> {
      var asked = fields(exchange.getRequestURI().getRawQuery());
      var code = UUID.randomUUID().toString();
      nonces.put(code, asked.get("nonce"));
      exchange.getResponseHeaders().set("Location", asked.get("redirect_uri") + "?code=" + code + "&state="
          + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
      answer(exchange, asked.containsKey("code_challenge") ? 302 : 400, "");
    });
    issuer.serve("/token", exchange -> {
      var asked = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      grants.add(asked.get("grant_type"));
      boolean refresh = "refresh_token".equals(asked.get("grant_type"));
      if (refresh ? ended : !nonces.containsKey(asked.get("code")) || !asked.containsKey("code_verifier")) {
        answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
        return;
      }
      answer(exchange, 200, tokens(refresh ? "" : nonces.remove(asked.get("code"))));
    });
  }

  private String tokens(String nonce) {
    var access = issuer.token(JWSAlgorithm.RS256, claims -> claims.subject(subject).claim("email", email));
    var id = issuer.token(JWSAlgorithm.RS256,
        claims -> claims.subject(subject).audience("console").claim("email", email).claim("nonce", nonce));
    // It is refreshed a minute before its end, and hence at once.
    return """
        {"access_token": "%s", "id_token": "%s", "refresh_token": "%s", "token_type": "Bearer", "expires_in": 30}"""
        .formatted(access, id, UUID.randomUUID());
  }

  private static Map<String, String> fields(String form) {
    return Arrays.stream(form.split("&")).map(field -> field.split("=", 2)).collect(Collectors.toMap(
        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Who logs in from now on. */
  void is(String name, String address) {
    subject = name;
    email = address;
  }

  /** The session here is over: no token is refreshed. */
  void end() {
    ended = true;
  }

  /** Which tokens were asked for with what. */
  List<String> grants() {
    return grants;
  }
}
