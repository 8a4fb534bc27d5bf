package io.hyperfleet.auth;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The issuer of the cluster that this process runs in. Its keys are served by the API server, which requires a token
 * unless configured otherwise; every service account may read them. See <a href=
 * "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery">service
 * account issuer discovery</a>.
 */
final class ClusterIssuer {

  /** Directory of a pod's service account. */
  static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Pattern HOST = Pattern.compile("kubernetes(\\.default(\\.svc(\\.[a-z0-9.-]+)?)?)?");

  private final Path account;
  private final String address;

  /** The cluster of this pod. */
  ClusterIssuer() {
    this(ACCOUNT, System.getenv("KUBERNETES_SERVICE_HOST"));
  }

  /**
   * A cluster.
   *
   * @param account folder with the service account's token and ca.crt
   * @param address address of the API server; null for none
   */
  ClusterIssuer(Path account, String address) {
    this.account = account;
    this.address = address;
  }

  /** The file with the token for the API server, unless the issuer configures one. */
  Optional<Path> token(AuthProperties.Issuer issuer) {
    return file(issuer, issuer.jwksTokenFile(), "token");
  }

  /** The file with the CA certificates for the API server, unless the issuer configures one. */
  Optional<Path> certificates(AuthProperties.Issuer issuer) {
    return file(issuer, issuer.jwksCaFile(), "ca.crt");
  }

  private Optional<Path> file(AuthProperties.Issuer issuer, String given, String usual) {
    if (given != null) {
      return given.isBlank() ? Optional.empty() : Optional.of(Path.of(given));
    }
    return Optional.of(account.resolve(usual)).filter(file -> serves(issuer.jwksUrl()) && Files.isReadable(file));
  }

  /** Whether a URL is that of the cluster's own API server. */
  boolean serves(String url) {
    if (url == null) {
      return false;
    }
    var uri = URI.create(url);
    return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null
        && (HOST.matcher(uri.getHost()).matches() || uri.getHost().replaceAll("[\\[\\]]", "").equals(address));
  }
}
