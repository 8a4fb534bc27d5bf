package io.hyperfleet.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The public keys of an issuer, for verifying signatures. Keys are fetched when first needed, every hour, and at once
 * for an unknown key id, at most twice in 30 seconds. While the issuer is unreachable, the last fetched keys stay
 * valid.
 */
final class IssuerKeys {

  private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
  private static final Duration REFRESH = Duration.ofHours(1);
  private static final Duration WAIT_FOR_ANOTHERS_REFRESH = Duration.ofSeconds(5);
  private static final Duration RATE = Duration.ofSeconds(30);
  private static final int TIMEOUT_MILLIS = 2000;
  /** For a whole response; the other limit applies to each read. */
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 256 * 1024;

  private IssuerKeys() {}

  /** Checks signatures, not claims. */
  static JWTProcessor<SecurityContext> processor(AuthProperties.Issuer issuer) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys(issuer)));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    return processor;
  }

  private static JWKSource<SecurityContext> keys(AuthProperties.Issuer issuer) {
    var cluster = new ClusterIssuer();
    var url = url(issuer);
    var retriever = new HereOnly(cluster.certificates(issuer).map(IssuerKeys::trusting).orElse(null), ANSWER, url,
        cluster.token(issuer).orElse(null));
    return JWKSourceBuilder.<SecurityContext>create(url, retriever)
        .cache(REFRESH.toMillis(), WAIT_FOR_ANOTHERS_REFRESH.toMillis())
        .refreshAheadCache(false)
        .rateLimited(RATE.toMillis())
        .retrying(true)
        .outageTolerantForever()
        .build();
  }

  /**
   * Reads keys from the configured address, without following redirects, within a time limit.
   */
  static final class HereOnly extends DefaultResourceRetriever {

    private final Duration limit;
    private final URL here;
    private final Path token;

    /**
     * For one address.
     *
     * @param trust null for the JVM's own trust store
     * @param token file with the bearer token to show there; null for none
     */
    HereOnly(SSLSocketFactory trust, Duration limit, URL here, Path token) {
      super(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES, false, trust);
      this.limit = limit;
      this.here = here;
      this.token = token;
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
      var connection = super.openHTTPConnection(url);
      connection.setInstanceFollowRedirects(false);
      if (token != null && url.toString().equals(here.toString())) {
        connection.setRequestProperty("Authorization", "Bearer " + shown());
      }
      CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS).execute(connection::disconnect);
      return connection;
    }

    private String shown() throws IOException {
      var text = Files.readString(token).strip();
      if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw new IOException("no bearer token in " + token);
      }
      return text;
    }
  }

  private static URL url(AuthProperties.Issuer issuer) {
    try {
      return issuer.jwksUrl() == null
          ? Path.of(issuer.jwksFile()).toUri().toURL()
          : URI.create(issuer.jwksUrl()).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("hyperfleet.auth: cannot read keys from " + issuer.jwksUrl(), e);
    }
  }

  private static SSLSocketFactory trusting(Path file) {
    try (var in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("hyperfleet.auth: cannot read certificates from " + file, e);
    }
  }
}
