package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Looks for a token at most once a minute where the configuration has none, as with client certificates. The client's
 * own interceptor counts the minute from the last token that it found, so without one it would read the kubeconfig
 * again for every request. After a response 401 it is read in any case.
 */
final class TokenLookup extends TokenRefreshInterceptor {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Clock clock;
  private volatile Instant next;

  TokenLookup(Config config, HttpClient.Factory factory, Clock clock) {
    super(config, factory, clock.instant());
    this.clock = clock;
    this.next = clock.instant().plus(INTERVAL);
  }

  @Override
  public void before(BasicBuilder headers, HttpRequest request, RequestTags tags) {
    if (hasNoToken()) {
      var now = clock.instant();
      if (now.isBefore(next)) {
        return;
      }
      next = now.plus(INTERVAL);
    }
    super.before(headers, request, tags);
  }

  private boolean hasNoToken() {
    return !isBasicAuth() && config.getOauthToken() == null && config.getAutoOAuthToken() == null
        && config.getOauthTokenProvider() == null && config.getAuthProvider() == null;
  }
}
