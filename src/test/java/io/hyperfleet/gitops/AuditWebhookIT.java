package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.hyperfleet.gitops.author.AuditFacts;
import io.hyperfleet.local.LocalCertificate;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kubernetes posts its audit log, and its users become the authors of commits. */
class AuditWebhookIT extends GitOpsIT {

  private static final String EVENT = """
      {"kind": "EventList", "apiVersion": "audit.k8s.io/v1", "items": [{"stage": "ResponseComplete", "verb": "%s",
        "user": {"username": "%s"}, "responseStatus": {"code": %d}, "objectRef": {"resource": "configmaps"},
        "responseObject": {"metadata": {"uid": "%s", "resourceVersion": "%s"}}}]}
      """;

  private static final int ATTEMPTS = 5;
  private static final String BUNDLE = "spring.ssl.bundle.pem.audit.";

  private HttpClient client;
  private int port;
  private LocalCertificate certificate;

  @BeforeEach
  void startOnAPort() throws Exception {
    certificate = LocalCertificate.in(Files.createDirectory(directory.resolve("audit-tls")));
    client = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
    Files.writeString(directory.resolve("audit-token"), "secret-token\n");
    for (int attempt = 1; flow == null; attempt++) {
      port = LocalFleet.freePort();
      try {
        start(GitOpsFlow.AUDIT_PORT + "=" + port, BUNDLE + "reload-on-update=true",
            BUNDLE + "keystore.certificate=" + certificate.certificate().toUri(),
            BUNDLE + "keystore.private-key=" + certificate.key().toUri(),
            "spring.ssl.bundle.watch.file.quiet-period=50ms");
      } catch (IllegalStateException e) {
        // What was free may be taken by now.
        if (attempt == ATTEMPTS || ObjectHelper.getException(BindException.class, e) == null) {
          throw e;
        }
      }
    }
  }

  @Test
  void whoeverKubernetesNamesIsTheAuthor() throws Exception {
    var stored = flow.client().resource(new ConfigMapBuilder().withNewMetadata().withNamespace("default")
        .withName("my-config").endMetadata().addToData("key", "a").build()).create();
    var uid = stored.getMetadata().getUid();
    var version = stored.getMetadata().getResourceVersion();

    // What was refused, and what is another version's, says nothing of this one.
    assertThat(post("Bearer secret-token", EVENT.formatted("update", "mallory", 409, uid, version))).isEqualTo(200);
    assertThat(post("Bearer secret-token", EVENT.formatted("update", "bob", 200, uid, "1"))).isEqualTo(200);
    assertThat(post("Bearer secret-token", EVENT.formatted("create", "alice", 201, uid, version))).isEqualTo(200);

    flow.commit(1);
    assertThat(git.subjects()).containsExactly("[UPDATE] v1/configmaps/my-config by user/alice");
    assertThat(git.run("log", "-1", "--format=%an", "main")).isEqualTo("alice\n");
    assertThat(flow.count("audit.requests", "result", "taken")).isEqualTo(3);
  }

  @Test
  void nobodyElseIsListenedTo() throws Exception {
    var event = EVENT.formatted("create", "mallory", 201, "u", "1");
    assertThat(post("Bearer wrong", event)).isEqualTo(401);
    assertThat(post("secret-token", event)).isEqualTo(401);
    assertThat(post("", event)).isEqualTo(401);
    assertThat(flow.count("audit.requests", "result", "refused")).isEqualTo(3);
    assertThat(flow.bean(AuditFacts.class).ofChange("u", "1")).isEmpty();

    Files.writeString(directory.resolve("audit-token"), "");
    assertThat(post("Bearer ", event)).isEqualTo(401);
  }

  @Test
  void whatCannotBeReadIsAnsweredAndNotSentAgain() throws Exception {
    for (String body : new String[]{"", "{", "[]", "{\"items\": 1}", "{\"items\": [1]}", "{\"items\": [{}]}",
        "{\"items\": []}"}) {
      assertThat(post("Bearer secret-token", body)).as(body).isEqualTo(200);
    }
    assertThat(flow.count("audit.requests", "result", "unreadable")).isEqualTo(5);
    assertThat(post("Bearer secret-token", " ".repeat(200_000))).isEqualTo(413);
  }

  /** Kubernetes' client sends no credentials over HTTP, so that a token on a plain port can never be shown. */
  @Test
  void nothingIsTakenWithoutTls() {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/audit"))
        .header("Authorization", "Bearer secret-token")
        .POST(HttpRequest.BodyPublishers.ofString(EVENT.formatted("create", "mallory", 201, "u", "1"))).build();
    assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding())).isInstanceOf(IOException.class);
    assertThat(flow.bean(AuditFacts.class).ofChange("u", "1")).isEmpty();
  }

  @Test
  void aRenewedCertificateIsShownWithoutARestart() throws Exception {
    assertThat(post("Bearer secret-token", "{\"items\": []}")).isEqualTo(200);

    var renewed = LocalCertificate.in(directory.resolve("audit-tls"));

    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
      client = HttpClient.newBuilder().sslContext(renewed.trusting()).build();
      return post("Bearer secret-token", "{\"items\": []}") == 200;
    });
  }

  @ParameterizedTest
  @CsvSource({
      "'',set a bundle below spring.ssl.bundle with a certificate for this port; Kubernetes sends its token over TLS "
          + "only",
      "nobodys,there is no bundle 'nobodys' below spring.ssl.bundle"})
  void aTokenOnAPlainPortIsRefusedAtTheStart(String bundle, String message) {
    assertThatThrownBy(() -> start("hyperfleet.gitops.audit.ssl-bundle=" + bundle))
        .hasMessageContaining("hyperfleet.gitops.audit.ssl-bundle: " + message);
  }

  private int post(String authorization, String body) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/audit"))
        .header("Authorization", authorization).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
