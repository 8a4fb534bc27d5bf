package io.hyperfleet.gitops.author;

import io.hyperfleet.gitops.GitOpsProperties.Audit;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/**
 * The server certificate for Kubernetes' audit webhook, whose client sends no token without TLS. A reloaded certificate
 * ({@code reload-on-update}) is used for the next connection.
 */
public final class AuditTls extends SSLContextParameters {

  private static final String KEY = "hyperfleet.gitops.audit.ssl-bundle: ";

  private final SSLContext context;

  /** @throws IllegalArgumentException when it is on and there is no such bundle */
  public AuditTls(Audit properties, SslBundles bundles) {
    this.context = properties.enabled() ? context(properties.sslBundle(), bundles) : null;
  }

  private static SSLContext context(String bundle, SslBundles bundles) {
    if (bundle.isBlank()) {
      throw new IllegalArgumentException(
          KEY + "set a bundle below spring.ssl.bundle with a certificate for this port; Kubernetes sends its token "
              + "over TLS only");
    }
    try {
      var found = bundles.getBundle(bundle);
      var keys = new RenewedKeyManager(found);
      bundles.addBundleUpdateHandler(bundle, keys::renew);
      var context = SSLContext.getInstance(found.getProtocol());
      context.init(new KeyManager[]{keys}, found.getManagers().getTrustManagers(), null);
      return context;
    } catch (NoSuchSslBundleException e) {
      throw new IllegalArgumentException(KEY + "there is no bundle '" + bundle + "' below spring.ssl.bundle", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(KEY + "the bundle '" + bundle + "' cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public SSLContext createSSLContext(CamelContext camel) throws GeneralSecurityException, IOException {
    return context == null ? super.createSSLContext(camel) : context;
  }
}
