package io.hyperfleet.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.LocalIssuer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where the API asks for tokens, users log in at the console, and the API decides by their tokens what they may do. */
class ConsoleLoginIT {

  private final HttpClient stranger = HttpClient.newHttpClient();
  private HttpClient user;
  private LocalFleet fleet;

  private HttpResponse<String> get(HttpClient client, String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + fleet.apiPort() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Presses a button of a page. */
  private HttpResponse<String> press(String page, String action) throws Exception {
    var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"").matcher(get(user, page).body());
    assertThat(token.find()).isTrue();
    return user.send(HttpRequest.newBuilder(URI.create("http://localhost:" + fleet.apiPort() + action))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("_csrf=" + token.group(1))).build(), BodyHandlers.ofString());
  }

  private static HttpClient browser() {
    return HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  @Test
  void usersLogInAndTheApiDecides() throws Exception {
    try (var issuer = new LocalIssuer();
        var started = LocalFleet.start("hyperfleet.roles=api,console", "hyperfleet.auth.enabled=true",
            "hyperfleet.auth.issuers[0].issuer-url=" + issuer.url(),
            "hyperfleet.auth.issuers[0].jwks-url=" + issuer.keysUrl(),
            "hyperfleet.auth.issuers[0].system-pattern=system:.*",
            "hyperfleet.console.login.issuer-url=" + issuer.url(), "hyperfleet.console.login.client-id=console",
            "hyperfleet.console.login.client-secret=a-secret")) {
      fleet = started;
      user = browser();
      var provider = new LoginPage(issuer);
      var id = create(issuer.token("bob@example.com"));

      strangersSeeNothing(issuer);
      assertThat(get(user, "/console/resources/" + id).body()).contains("ann@example.com").contains("demo")
          .contains("bob@example.com");
      assertThat(provider.grants()).startsWith("authorization_code");
      assertThat(press("/console/resources/" + id, "/console/resources/" + id + "/pause").body())
          .contains("paused by <span>ann@example.com</span>");
      assertThat(provider.grants()).contains("refresh_token");

      aSystemMayNot(provider, id);
      whatIsOverIsOver(provider);
    }
  }

  private String create(String token) throws IOException, InterruptedException {
    var answer = stranger.send(HttpRequest.newBuilder(URI.create(fleet.apiUrl() + "/clusters"))
        .header("Authorization", "Bearer " + token)
        .POST(BodyPublishers.ofString("{\"kind\": \"Cluster\", \"name\": \"demo\", \"spec\": {}}")).build(),
        BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(201);
    return answer.body().replaceAll("(?s).*?\"id\":\"([^\"]*)\".*", "$1");
  }

  private void strangersSeeNothing(LocalIssuer issuer) throws Exception {
    var page = get(stranger, "/console/");
    assertThat(page.statusCode()).isEqualTo(302);
    assertThat(page.headers().firstValue("Location")).hasValue("/console/sign-in/console");
    var part = get(stranger, "/console/", "HX-Request", "true");
    assertThat(part.statusCode()).isEqualTo(401);
    assertThat(part.headers().firstValue("HX-Refresh")).hasValue("true");
    assertThat(get(stranger, "/console/", "Authorization", "Bearer " + issuer.token("ann@example.com")).statusCode())
        .isEqualTo(302);
    assertThat(get(stranger, "/console/sign-in/console").headers().firstValue("Location").orElseThrow())
        .startsWith(issuer.url() + "/authorize?").contains("code_challenge_method=S256");
    for (var forged : new String[]{"/console/login/console?code=x&state=forged",
        "/console/login/console?error=x&state=//evil.example",
        "/console/login/console?continue=https://evil.example"}) {
      assertThat(get(stranger, forged).headers().firstValue("Location").orElseThrow()).as(forged)
          .startsWith("/console/sign-in");
    }
  }

  private void aSystemMayNot(LoginPage provider, String id) throws Exception {
    assertThat(press("/console/resources/" + id, "/console/sign-out").body()).contains("You have signed out");
    provider.is("system:adapters", "system@example.com");

    assertThat(press("/console/resources/" + id, "/console/resources/" + id + "/resume").body())
        .contains("You are not allowed to do this: ");
  }

  private void whatIsOverIsOver(LoginPage provider) throws Exception {
    provider.end();
    var part = get(user, "/console/", "HX-Request", "true");
    assertThat(part.statusCode()).isEqualTo(401);
    assertThat(part.headers().firstValue("HX-Refresh")).hasValue("true");
  }
}
