package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.gitops.watch.ClusterObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the remote asks for, and what happens when it is not as it should be. */
class CredentialsIT extends GitOpsIT {

  private static final String CANARY = "canary-7f3a9";

  private Path secret;
  private GitHttpServer http;
  private SshServer ssh;

  @BeforeEach
  void prepare() throws IOException {
    secret = Files.createDirectory(directory.resolve("secret"));
  }

  @AfterEach
  void stopServers() throws IOException {
    if (http != null) {
      http.close();
    }
    if (ssh != null) {
      ssh.stop(true);
    }
  }

  @Test
  void basicCredentialsAndACertificateOfOnesOwn() throws IOException {
    startHttp("Basic " + Base64.getEncoder().encodeToString(("robot:" + CANARY).getBytes(StandardCharsets.UTF_8)));
    write("username", "robot\n");
    write("password", CANARY + "\n");
    pushes(http.url("fleet.git"));
  }

  @Test
  void bearerToken() throws IOException {
    startHttp("Bearer " + CANARY);
    write("token", CANARY);
    pushes(http.url("fleet.git"));
  }

  @Test
  void wrongCredentialsAreNamedAndThoseThatAreMendedAreTaken() throws IOException {
    startHttp("Bearer right");
    write("token", CANARY);
    startWith(http.url("fleet.git"));
    flow.apply("admin", "default", "my-config", "a");
    flow.untilPending(1);
    flow.advance(GitOpsFlow.WINDOW);
    untilStalled("AuthFailed");
    assertThat(flow.condition("Stalled").message()).contains("rejects the credentials").doesNotContain(CANARY);
    assertThat(flow.condition("RepoReachable").status()).isEqualTo("False");

    write("token", "right");
    untilPushed();
    assertThat(flow.condition("Ready").status()).isEqualTo("True");
  }

  @Test
  void credentialsThatAreMissingOrMalformedHaveReasonsOfTheirOwn() throws IOException {
    startHttp("Bearer right");
    Files.delete(secret.resolve("ca.crt"));
    startWith(http.url("fleet.git"));
    flow.apply("admin", "default", "my-config", "a");
    flow.untilPending(1);
    flow.advance(GitOpsFlow.WINDOW);
    untilStalled("SecretNotFound");

    write("token", "two\nlines");
    untilStalled("SecretMalformed");
    assertThat(flow.condition("Stalled").message()).contains("token").doesNotContain("two");

    write("token", "right");
    // Nobody knows who signed the server's certificate.
    await().until(() -> {
      flow.advance(Duration.ofMinutes(1));
      return flow.condition("RepoReachable").reason().equals("ConnectionFailed");
    });

    write("ca.crt", http.certificate());
    untilPushed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void sshKeyWithAPasswordAtAKnownHost(String type) throws Exception {
    startSsh(type, CANARY);
    write("ssh-password", CANARY);
    write("known_hosts", "# hosts\n" + knownHost());
    pushes(sshUrl());
  }

  @Test
  void hostThatIsNotKnownIsNotTalkedTo() throws Exception {
    startSsh("ecdsa", "");
    write("known_hosts", knownHost().replace("localhost", "elsewhere"));
    startWith(sshUrl());
    flow.apply("admin", "default", "my-config", "a");
    flow.untilPending(1);
    flow.advance(GitOpsFlow.WINDOW);
    untilStalled("HostKeyUnknown");

    Files.delete(secret.resolve("known_hosts"));
    untilStalled("SecretNotFound");

    write("known_hosts", "[localhost]:22 nonsense");
    untilStalled("SecretMalformed");

    write("known_hosts", "@revoked " + knownHost() + "\n" + knownHost());
    untilStalled("HostKeyUnknown");
    assertThat(git.subjects()).isEmpty();

    write("known_hosts", knownHost());
    untilPushed();
  }

  private void startHttp(String authorization) throws IOException {
    http = new GitHttpServer(directory);
    http.accept(authorization::equals);
    write("ca.crt", http.certificate());
  }

  private void startSsh(String type, String password) throws Exception {
    var key = secret.resolve("ssh-privatekey");
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "ssh-keygen is not installed");
    new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", password, "-f", key.toString()).inheritIO().start()
        .waitFor();
    var allowed = AuthorizedKeyEntry
        .parseAuthorizedKeyEntry(Files.readString(secret.resolve("ssh-privatekey.pub")).strip())
        .resolvePublicKey(null, null);
    ssh = SshServer.setUpDefaultServer();
    ssh.setHost("127.0.0.1");
    ssh.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
    ssh.setPublickeyAuthenticator((user, shown, session) -> user.equals("git") && KeyUtils.compareKeys(shown, allowed));
    ssh.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
    ssh.start();
  }

  private String sshUrl() {
    return "ssh://git@localhost:" + ssh.getPort() + git.directory();
  }

  private String knownHost() throws Exception {
    var keys = ssh.getKeyPairProvider().loadKeys(null).iterator().next();
    return "[localhost]:" + ssh.getPort() + " " + PublicKeyEntry.toString(keys.getPublic());
  }

  private String[] settings(String url) {
    return new String[]{"hyperfleet.gitops.repositories[0].url=" + url,
        "hyperfleet.gitops.repositories[0].credentials=" + secret};
  }

  /** The first comparison cannot be made while the remote cannot be asked, so nobody waits for it. */
  private void startWith(String url) {
    flow = new GitOpsFlow(local.kubernetes(), clock, directory, git, settings(url));
    await().until(() -> flow.bean(ClusterObjects.class).isComplete("prod"));
    flow.advance(Duration.ofMinutes(2));
    flow.untilLive();
  }

  private void pushes(String url) {
    start(settings(url));
    flow.apply("admin", "default", "my-config", "a");
    flow.commit(1);
    assertThat(git.subjects()).containsExactly(LINE);
  }

  private void untilStalled(String reason) {
    await().atMost(Duration.ofSeconds(60)).until(() -> {
      flow.advance(Duration.ofMinutes(1));
      return flow.condition("Stalled").reason().equals(reason);
    });
  }

  private void untilPushed() {
    await().atMost(Duration.ofSeconds(60)).until(() -> {
      flow.advance(Duration.ofMinutes(1));
      return !git.subjects().isEmpty() && flow.condition("Ready").status().equals("True");
    });
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(secret.resolve(name), content);
  }
}
