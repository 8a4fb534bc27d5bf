package io.hyperfleet.console;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * The client at the OpenID Connect provider. The provider's metadata is read at the first login and cached, so that the
 * start does not wait for it.
 */
final class ConsoleLogin implements ClientRegistrationRepository {

  static final String REGISTRATION = "console";

  private final ConsoleProperties.Login login;
  private final AtomicReference<ClientRegistration> known = new AtomicReference<>();

  ConsoleLogin(ConsoleProperties.Login login) {
    this.login = login;
  }

  /**
   * Checks the configuration of the login.
   *
   * @throws IllegalArgumentException when something is missing; the message names the key
   */
  void check() {
    require(login.issuerUrl(), "issuer-url");
    require(login.clientId(), "client-id");
    if (!login.scopes().contains("openid")) {
      throw new IllegalArgumentException("hyperfleet.console.login.scopes: must contain openid");
    }
  }

  private static void require(String value, String key) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "hyperfleet.console.login." + key + ": is required, or hyperfleet.auth.enabled=false");
    }
  }

  /**
   * The client.
   *
   * @throws IllegalArgumentException when the provider's metadata cannot be read, or has another issuer
   */
  @Override
  public ClientRegistration findByRegistrationId(String id) {
    if (!REGISTRATION.equals(id)) {
      return null;
    }
    var found = known.get();
    if (found == null) {
      found = discover();
      known.set(found);
    }
    return found;
  }

  private ClientRegistration discover() {
    boolean hasSecret = login.clientSecret() != null && !login.clientSecret().isBlank();
    var client = ClientRegistrations.fromIssuerLocation(login.issuerUrl()).registrationId(REGISTRATION)
        .clientId(login.clientId()).scope(login.scopes()).clientName("HyperFleet")
        .redirectUri("{baseUrl}" + ConsoleSecurity.CALLBACK + "/{registrationId}");
    return hasSecret
        ? client.clientSecret(login.clientSecret()).build()
        : client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build();
  }
}
