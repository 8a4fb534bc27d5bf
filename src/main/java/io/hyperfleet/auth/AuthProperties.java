package io.hyperfleet.auth;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call the API.
 *
 * @param enabled Whether requests need a bearer token, except for metadata and the OpenAPI document.
 * @param systemHeader Header that a gateway sets to "true" for a system identity; none by default. Set it only if the
 * gateway removes this header from incoming requests.
 * @param issuers Trusted token issuers, tried in this order; at least one is required when enabled.
 */
@ConfigurationProperties("hyperfleet.auth")
public record AuthProperties(
    @DefaultValue("true") boolean enabled, String systemHeader, @DefaultValue List<Issuer> issuers) {

  /**
   * One issuer.
   *
   * @param issuerUrl Value of the iss claim of its tokens; required.
   * @param jwksUrl URL of its public keys; https, or http for localhost. Either this or jwks-file is required.
   * @param jwksFile A file with its public keys, instead of jwks-url.
   * @param jwksCaFile CA certificates (PEM) to trust for jwks-url; by default the JVM's own, and for the cluster's API
   * server (kubernetes.default.svc) those of the pod's service account.
   * @param jwksTokenFile File with a bearer token for jwks-url, read for each request and sent nowhere else; by default
   * none, except for the cluster's API server, which requires one: that of the pod's service account. Empty for none.
   * @param header Header that carries the token.
   * @param audience Value that the aud claim must contain; any by default.
   * @param identityClaim Claim with the caller's identity, for the audit fields.
   * @param identityClaimPattern Regular expression that the identity must match; any by default.
   * @param identityHeader Header in which a trusted gateway sends the caller's identity instead; none by default.
   * @param systemClaim Claim that distinguishes system identities (adapters and Sentinels) from users.
   * @param systemPattern Regular expression that this claim matches for system identities; none by default.
   * @param announcerPattern Regular expression that this claim matches for system identities that may announce
   * adapters; all of them by default.
   */
  public record Issuer(
      String issuerUrl,
      String jwksUrl,
      String jwksFile,
      String jwksCaFile,
      String jwksTokenFile,
      @DefaultValue("Authorization") String header,
      String audience,
      @DefaultValue("email") String identityClaim,
      String identityClaimPattern,
      String identityHeader,
      @DefaultValue("sub") String systemClaim,
      String systemPattern,
      String announcerPattern) {}
}
