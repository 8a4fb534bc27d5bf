package io.hyperfleet.auth;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Validates the configuration of authentication at the start. */
final class AuthPropertiesValidator {

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /** Headers that carry secrets or are set by others, and thus cannot name a caller. */
  private static final Set<String> NO_IDENTITY = Set.of("authorization", "cookie", "set-cookie", "x-api-key",
      "x-auth-token", "x-forwarded-authorization", "proxy-authorization");

  private AuthPropertiesValidator() {}

  /**
   * Checks the configuration.
   *
   * @throws IllegalArgumentException with the key and the rule
   */
  static void check(AuthProperties properties) {
    require(!properties.enabled() || !properties.issuers().isEmpty(), "issuers",
        "at least one issuer must be configured, or hyperfleet.auth.enabled=false");
    require(properties.systemHeader() == null || isIdentityHeader(properties.systemHeader()), "system-header",
        "must be the name of a header that carries no secret");
    for (int i = 0; i < properties.issuers().size(); i++) {
      check("issuers[" + i + "].", properties.issuers().get(i));
    }
  }

  private static void check(String key, AuthProperties.Issuer issuer) {
    require(issuer.issuerUrl() != null && !issuer.issuerUrl().isBlank(), key + "issuer-url", "is required");
    require((issuer.jwksUrl() == null) != (issuer.jwksFile() == null), key + "jwks-url",
        "exactly one of jwks-url and jwks-file must be set");
    require(issuer.jwksUrl() == null || isTrustworthy(issuer.jwksUrl()), key + "jwks-url",
        "must be an https URL; http is allowed for localhost only");
    require(issuer.jwksCaFile() == null || issuer.jwksUrl() != null, key + "jwks-ca-file", "requires jwks-url");
    require(issuer.jwksTokenFile() == null || issuer.jwksUrl() != null, key + "jwks-token-file",
        "requires jwks-url");
    require(HEADER.matcher(issuer.header()).matches(), key + "header", "must be the name of a header");
    require(issuer.identityHeader() == null || isIdentityHeader(issuer.identityHeader()), key + "identity-header",
        "must be the name of a header that carries no secret");
    require(isPattern(issuer.identityClaimPattern()), key + "identity-claim-pattern", "must be a regular expression");
    require(isPattern(issuer.systemPattern()), key + "system-pattern", "must be a regular expression");
    require(isPattern(issuer.announcerPattern()), key + "announcer-pattern", "must be a regular expression");
  }

  private static boolean isIdentityHeader(String name) {
    return HEADER.matcher(name).matches() && !NO_IDENTITY.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isTrustworthy(String url) {
    try {
      var uri = URI.create(url);
      return uri.getHost() != null && ("https".equals(uri.getScheme())
          || "http".equals(uri.getScheme()) && InetAddress.getByName(uri.getHost()).isLoopbackAddress());
    } catch (IllegalArgumentException | UnknownHostException e) {
      return false;
    }
  }

  private static boolean isPattern(String text) {
    try {
      return text == null || Pattern.compile(text) != null;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static void require(boolean valid, String key, String rule) {
    if (!valid) {
      throw new IllegalArgumentException("hyperfleet.auth." + key + ": " + rule);
    }
  }
}
