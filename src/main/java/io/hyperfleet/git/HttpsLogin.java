package io.hyperfleet.git;

import io.hyperfleet.git.GitException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/** Logs in by a token or by name and password, at servers whose certificate the JVM trusts or {@code ca.crt} signed. */
final class HttpsLogin {

  private static final String CA = "ca.crt";

  private HttpsLogin() {}

  static void apply(CredentialFiles files, TransportHttp transport) throws GitException {
    if (files.has("token")) {
      transport.setAdditionalHeaders(Map.of("Authorization", "Bearer " + files.word("token")));
    } else if (files.has("username") || files.has("password")) {
      transport.setCredentialsProvider(
          new UsernamePasswordCredentialsProvider(files.word("username"), files.word("password")));
    } else if (!files.has(CA)) {
      throw new GitException(Reason.SECRET_NOT_FOUND,
          files.directory() + " contains neither a token nor a username and password", null);
    }
    if (files.has(CA)) {
      transport.setHttpConnectionFactory(new Trusting(trust(files)));
    }
  }

  private static TrustManager[] trust(CredentialFiles files) throws GitException {
    try {
      var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      for (var certificate : CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(files.bytes(CA)))) {
        authorities.setCertificateEntry("ca-" + authorities.size(), certificate);
      }
      if (authorities.size() == 0) {
        throw files.malformed(CA, "holds no certificate", null);
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw files.malformed(CA, "holds no certificates in PEM", e);
    }
  }

  private record Trusting(TrustManager[] authorities) implements HttpConnectionFactory {

    private static final HttpConnectionFactory PLAIN = new JDKHttpConnectionFactory();

    @Override
    public HttpConnection create(URL url) throws IOException {
      return trusting(PLAIN.create(url));
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
      return trusting(PLAIN.create(url, proxy));
    }

    private HttpConnection trusting(HttpConnection connection) throws IOException {
      try {
        connection.configure(null, authorities, null);
        return connection;
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }
  }
}
