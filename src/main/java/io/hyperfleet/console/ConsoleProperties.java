package io.hyperfleet.console;

import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The pages for operators.
 *
 * @param apiUrl URL of the API for the console, without its base path; hyperfleet.api.base-url when empty.
 * @param requestTimeout Total time limit for a request to the API, from connecting to the last byte.
 * @param refresh How often a visible page is refreshed.
 * @param forwardHeaders Headers to pass on to the API, such as those of tenants. Only use headers that a gateway sets
 * and removes from incoming requests.
 * @param login How users log in where hyperfleet.auth.enabled is true.
 */
@Validated
@ConfigurationProperties("hyperfleet.console")
public record ConsoleProperties(String apiUrl, @DefaultValue("10s") @DurationMin(millis = 1) Duration requestTimeout,
    @DefaultValue("2s") @DurationMin(millis = 100) Duration refresh, @DefaultValue List<String> forwardHeaders,
    @DefaultValue Login login) {

  /**
   * OpenID Connect client. Its access tokens are sent to the API, which must trust the same issuer.
   *
   * @param issuerUrl Issuer URL, below which /.well-known/openid-configuration is read; required if
   * hyperfleet.auth.enabled is true.
   * @param clientId Client id; required if hyperfleet.auth.enabled is true.
   * @param clientSecret Client secret; none for a public client. PKCE is used in both cases.
   * @param scopes Scopes to request; must include openid.
   */
  public record Login(String issuerUrl, String clientId, String clientSecret,
      @DefaultValue( {"openid", "email"}) List<String> scopes){}
}
