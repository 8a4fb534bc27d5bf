package io.hyperfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.hyperfleet.gitops.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenLookupTest {

  private final TestClock clock = new TestClock();
  @TempDir
  private Path folder;

  /** Each reading of the file would find the token that has been written meanwhile. */
  @Test
  void aKubeconfigWithoutTokenIsReadOnceAMinute() throws IOException {
    var lookup = lookup("{}");
    write("{token: found}");
    for (int request = 0; request < 3; request++) {
      assertThat(authorization(lookup)).isEmpty();
    }
    clock.advance(Duration.ofMinutes(1));
    assertThat(authorization(lookup)).containsExactly("Bearer found");
    assertThat(authorization(lookup)).containsExactly("Bearer found");
  }

  @Test
  void nothingIsFoundForLong() throws IOException {
    var lookup = lookup("{}");
    clock.advance(Duration.ofMinutes(5));
    assertThat(authorization(lookup)).isEmpty();
    write("{token: found}");
    assertThat(authorization(lookup)).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(authorization(lookup)).containsExactly("Bearer found");
  }

  @Test
  void tokensAndPasswordsAreSentAtOnce() throws IOException {
    assertThat(authorization(lookup("{token: known}"))).containsExactly("Bearer known");
    assertThat(authorization(lookup("{username: me, password: mine}"))).singleElement().asString().startsWith("Basic ");
  }

  private TokenLookup lookup(String user) throws IOException {
    return new TokenLookup(Config.fromKubeconfig(write(user).toFile()), new VertxHttpClientFactory(), clock);
  }

  private Path write(String user) throws IOException {
    return Files.writeString(folder.resolve("kubeconfig"), """
        apiVersion: v1
        kind: Config
        clusters: [{name: one, cluster: {server: "http://localhost:1"}}]
        users: [{name: one, user: %s}]
        contexts: [{name: one, context: {cluster: one, user: one}}]
        current-context: one
        """.formatted(user));
  }

  private static List<String> authorization(TokenLookup lookup) {
    var request = new StandardHttpRequest.Builder();
    lookup.before(request, null, null);
    return request.uri("http://localhost:1").build().headers(TokenRefreshInterceptor.AUTHORIZATION);
  }
}
