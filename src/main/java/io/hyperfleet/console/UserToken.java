package io.hyperfleet.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.web.util.WebUtils;

/**
 * Provides the identity for the API: the user's access token, refreshed before it expires, and headers of a gateway.
 */
final class UserToken {

  private final OAuth2AuthorizedClientManager clients;
  private final List<String> forwarded;

  /**
   * For one way to log in.
   *
   * @param clients null without login
   * @param forwarded names of the headers that are passed on
   */
  UserToken(OAuth2AuthorizedClientManager clients, List<String> forwarded) {
    this.clients = clients;
    this.forwarded = forwarded.stream().filter(name -> !name.equalsIgnoreCase(HttpHeaders.AUTHORIZATION)).toList();
  }

  /**
   * Who is asking.
   *
   * @throws ClientAuthorizationRequiredException when the user has to log in again
   */
  ApiCaller of(HttpServletRequest request, HttpServletResponse response) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (var name : forwarded) {
      var value = request.getHeader(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    if (clients != null) {
      headers.put(HttpHeaders.AUTHORIZATION, "Bearer " + token(request, response));
    }
    return new ApiCaller(headers);
  }

  /** One request per session at a time: many issuers accept a refresh token only once. */
  private String token(HttpServletRequest request, HttpServletResponse response) {
    synchronized (WebUtils.getSessionMutex(request.getSession())) {
      try {
        var client = clients.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(ConsoleLogin.REGISTRATION)
            .principal(SecurityContextHolder.getContext().getAuthentication())
            .attribute(HttpServletRequest.class.getName(), request)
            .attribute(HttpServletResponse.class.getName(), response).build());
        if (client == null) {
          throw new ClientAuthorizationRequiredException(ConsoleLogin.REGISTRATION);
        }
        return client.getAccessToken().getTokenValue();
      } catch (ClientAuthorizationException e) {
        // The refresh token is used up, or the issuer has ended the session.
        throw new ClientAuthorizationRequiredException(ConsoleLogin.REGISTRATION);
      }
    }
  }
}
