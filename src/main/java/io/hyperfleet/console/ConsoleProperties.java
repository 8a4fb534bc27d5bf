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
 * @param apiUrl Where the console finds the API, without its base path; hyperfleet.api.base-url when empty.
 * @param requestTimeout How long one request to the API may take in all, from the connection to the last byte.
 * @param refresh How often a page that is looked at is brought up to date.
 * @param forwardHeaders Names of headers that a gateway sets and removes from what callers send, such as those of
 * tenants; they are passed on to the API.
 * @param login How users log in where hyperfleet.auth.enabled is true.
 */
@Validated
@ConfigurationProperties("hyperfleet.console")
public record ConsoleProperties(String apiUrl, @DefaultValue("10s") @DurationMin(millis = 1) Duration requestTimeout,
    @DefaultValue("2s") @DurationMin(millis = 100) Duration refresh, @DefaultValue List<String> forwardHeaders,
    @DefaultValue Login login) {

  /**
   * A client of an OpenID Connect provider. Its access tokens are what the API is shown, so that the API has to know
   * the same issuer.
   *
   * @param issuerUrl The issuer, whose configuration is at /.well-known/openid-configuration below it; required where
   * hyperfleet.auth.enabled is true.
   * @param clientId The client's id there; required where hyperfleet.auth.enabled is true.
   * @param clientSecret The client's secret; none for a public client. PKCE is used in both cases.
   * @param scopes What is asked for; openid has to be among it.
   */
  public record Login(String issuerUrl, String clientId, String clientSecret,
      @DefaultValue( {"openid", "email"}) List<String> scopes){}
}
