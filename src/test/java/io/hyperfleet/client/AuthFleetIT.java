package io.hyperfleet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import io.hyperfleet.local.LocalCertificate;
import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.LocalIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet whose API asks for tokens, over TLS: the Sentinel and the adapters show the token that they were given, as a
 * system, and show it only to who has the certificate that they were told.
 */
class AuthFleetIT {

  @TempDir
  private Path folder;

  private HttpClient http;

  @Test
  void clustersBecomeReadyOnceSentinelAndAdaptersHaveAToken() throws Exception {
    var file = Files.writeString(folder.resolve("token"), "not-yet-a-token");
    var certificate = LocalCertificate.in(folder);
    http = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
    try (var issuer = new LocalIssuer();
        var fleet = LocalFleet.start("hyperfleet.auth.enabled=true", "hyperfleet.api.token-file=" + file,
            "server.ssl.bundle=api", "hyperfleet.schedule.unanswered=1s",
            "spring.ssl.bundle.pem.api.keystore.certificate=" + certificate.certificate().toUri(),
            "spring.ssl.bundle.pem.api.keystore.private-key=" + certificate.key().toUri(),
            "hyperfleet.api.base-url=https://localhost:${server.port}", "hyperfleet.api.ssl-bundle=fleet",
            "spring.ssl.bundle.pem.fleet.truststore.certificate=" + certificate.certificate().toUri(),
            "hyperfleet.auth.issuers[0].issuer-url=" + issuer.url(),
            "hyperfleet.auth.issuers[0].jwks-url=" + issuer.keysUrl(),
            "hyperfleet.auth.issuers[0].system-pattern=system:.*")) {
      var user = issuer.token("user@example.com");
      var created = send(fleet, user, "POST", "/clusters", "{\"kind\": \"Cluster\", \"name\": \"demo\", \"spec\": {}}");
      assertThat(created.path("created_by").asText()).isEqualTo("user@example.com");
      assertThat(send(fleet, "no-token", "GET", "/clusters", null).path("status").asInt()).isEqualTo(401);
      assertThatThrownBy(
          () -> HttpClient.newHttpClient().send(request(fleet, user, "/clusters").build(), BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
      await().until(() -> fleet.management("/readyz").body().at("/checks/api").asText(), "ok"::equals);
      var id = created.get("id").asText();
      await().until(() -> send(fleet, user, "GET", "/events?aggregate_id=" + id, null)
          .at("/items/0/published").asBoolean());
      assertThat(send(fleet, user, "GET", "/clusters/" + id + "/statuses", null).at("/total").asInt()).isZero();

      var token = issuer.token(JWSAlgorithm.ES256, claims -> claims.subject("system:adapters"));
      Files.move(Files.writeString(folder.resolve("next"), token), file, StandardCopyOption.REPLACE_EXISTING);

      await().until(() -> send(fleet, user, "GET", "/clusters/" + id, null).at("/status/phase").asText(),
          "Ready"::equals);
    }
  }

  private HttpRequest.Builder request(LocalFleet fleet, String token, String path) {
    return HttpRequest.newBuilder(URI.create(fleet.apiUrl().replace("http:", "https:") + path))
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(LocalFleet fleet, String token, String method, String path, String body)
      throws IOException, InterruptedException {
    var request = request(fleet, token, path)
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
    return new ObjectMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
  }
}
