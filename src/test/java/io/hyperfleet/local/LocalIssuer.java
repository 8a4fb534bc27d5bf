package io.hyperfleet.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An issuer of tokens with a server for its public keys, which can be away, and keys that it can rotate. */
public final class LocalIssuer implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile boolean away;
  private volatile String elsewhere;
  private volatile String wanted;
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private volatile RSAKey rsa;
  private volatile ECKey ec;

  public LocalIssuer() {
    rotate();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/keys", exchange -> {
      fetches.incrementAndGet();
      var token = exchange.getRequestHeaders().getFirst("Authorization");
      shown.add(String.valueOf(token));
      if (wanted != null && !("Bearer " + wanted).equals(token)) {
        exchange.sendResponseHeaders(403, -1);
        exchange.close();
        return;
      }
      if (elsewhere != null) {
        exchange.getResponseHeaders().add("Location", elsewhere);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
        return;
      }
      var body = new JWKSet(List.of(rsa, ec)).toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(away ? 500 : 200, away ? -1 : body.length);
      if (!away) {
        exchange.getResponseBody().write(body);
      }
      exchange.close();
    });
    server.start();
  }

  /** Answers at one more path, as an issuer does at which people log in. */
  public void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /** The claim iss of its tokens. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  public String keysUrl() {
    return url() + "/keys";
  }

  public RSAKey rsa() {
    return rsa;
  }

  /** How often somebody asked for the keys. */
  public int fetches() {
    return fetches.get();
  }

  /** What those who asked for the keys have shown: the header Authorization, or {@code null} as text. */
  public List<String> shown() {
    return shown;
  }

  /** Shows the keys only to who has this bearer token, as a cluster's API server does. */
  public void wantToken(String token) {
    wanted = token;
  }

  public void away(boolean isAway) {
    away = isAway;
  }

  /** Sends everybody who asks for the keys to another address. */
  public void redirect(String url) {
    elsewhere = url;
  }

  /** New keys take the place of the old ones. */
  public void rotate() {
    try {
      rsa = new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
      ec = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A good token for an hour. */
  public String token(String email) {
    return token(JWSAlgorithm.RS256, claims -> claims.claim("email", email));
  }

  /** A token with other claims than a good one, or another algorithm. */
  public String token(JWSAlgorithm algorithm, UnaryOperator<JWTClaimsSet.Builder> claims) {
    JWK key = algorithm.equals(JWSAlgorithm.ES256) ? ec : rsa;
    var now = Instant.now();
    var all = new JWTClaimsSet.Builder().issuer(url()).subject("somebody").audience("hyperfleet")
        .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(Duration.ofHours(1))));
    var token = new SignedJWT(new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build(),
        claims.apply(all).build());
    try {
      token.sign(algorithm.equals(JWSAlgorithm.ES256) ? new ECDSASigner(ec) : new RSASSASigner(rsa));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  /** A token whose claims are this text, whatever it is. */
  public String tokenOf(String claims) {
    var token = new JWSObject(
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(rsa.getKeyID()).build(),
        new Payload(claims));
    try {
      token.sign(new RSASSASigner(rsa));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
