package io.hyperfleet.client;

import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.boot.ssl.SslBundles;

/** The CA certificates that clients of the API trust. */
public final class ApiTrust {

  private final SSLContext context;

  ApiTrust(ApiProperties properties, SslBundles bundles) {
    var bundle = properties.sslBundle();
    this.context = bundle == null || bundle.isBlank() ? null : bundles.getBundle(bundle).createSslContext();
  }

  /** What connections are made with; null for the JVM's own. */
  public SSLContext context() {
    return context;
  }

  /** The same for components of Camel. */
  SSLContextParameters parameters() {
    return context == null ? null : new SSLContextParameters() {
      @Override
      public SSLContext createSSLContext(CamelContext camel) {
        return context;
      }
    };
  }
}
