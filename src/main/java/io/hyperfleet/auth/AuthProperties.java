package io.hyperfleet.auth;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call the API.
 *
 * @param enabled Whether every request but those for metadata and the contract needs a bearer token.
 * @param systemHeader Header in which a gateway says "true" for a system identity; none by default. Set it only where
 * the gateway removes the header from what callers send.
 * @param issuers Issuers whose tokens are accepted, tried in this order; one is needed when enabled.
 */
@ConfigurationProperties("hyperfleet.auth")
public record AuthProperties(
    @DefaultValue("true") boolean enabled, String systemHeader, @DefaultValue List<Issuer> issuers) {

  /**
   * One issuer.
   *
   * @param issuerUrl The claim iss of its tokens; required.
   * @param jwksUrl Where its public keys are; https, or http on this machine. Either this or jwks-file is required.
   * @param jwksFile A file with its public keys, instead of jwks-url.
   * @param jwksCaFile Certificates in PEM form that jwks-url is trusted by; by default the JVM's own, and for the API
   * server of the cluster (kubernetes.default.svc) those of the pod's service account.
   * @param jwksTokenFile File with a bearer token for jwks-url, read for each request and sent nowhere else; by default
   * none, and for the API server of the cluster, which shows its keys to nobody without one, that of the pod's service
   * account. Empty for none.
   * @param header Header that carries the token.
   * @param audience What the claim aud must contain; anything by default.
   * @param identityClaim Claim that names the caller for the record.
   * @param identityClaimPattern Regular expression that the name must match; any by default.
   * @param identityHeader Header of a trusted gateway that names the caller instead; none by default.
   * @param systemClaim Claim that tells system identities, adapters and Sentinels, from users.
   * @param systemPattern Regular expression of that claim for system identities; none by default.
   * @param announcerPattern Regular expression of that claim for those system identities that may announce the adapters
   * that they run; all of them by default.
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
