package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.event.ApiTime;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.Followed;
import io.hyperfleet.adapter.event.OwnReport;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.gitops.TestClock;
import io.hyperfleet.policy.PolicyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which other revisions than that of its folder a process holds, and which it does not. */
class FollowedDefinitionsTest {

  private static final Path DNS = Path.of("src/main/resources/adapters/dns");

  @TempDir
  private Path directory;

  private final TestClock clock = new TestClock();
  private final AdapterDefinition running = load(DNS);
  private final FollowedDefinitions followed = followed(Map.of());

  private FollowedDefinitions followed(Map<String, String> policy) {
    return new FollowedDefinitions(new AdapterRegistry(Map.of("dns", running), Map.of()), CelEngine.untimed(),
        AdapterTemplates.builtIn(), PolicyFixture.rules(policy), clock);
  }

  @Test
  void holdsWhatTheApiHas() throws IOException {
    var other = changed("fleet.example.org");
    assertThat(find(followed, other.digest())).isEqualTo(new Followed(other.digest(), null, false));

    hold(followed, other.digest(), other.revision().content());

    var found = find(followed, other.digest());
    assertThat(found.acts()).isTrue();
    assertThat(followed.definition(found).digest()).isEqualTo(other.digest());
    assertThat(followed.unusable("dns")).isEmpty();
  }

  @Test
  void holdsAFewAndTheOnesThatAreAskedFor() throws IOException {
    var kept = changed("kept.example.org");
    hold(followed, kept.digest(), kept.revision().content());
    for (int i = 0; i < 10; i++) {
      var other = changed("other-" + i + ".example.org");
      hold(followed, other.digest(), other.revision().content());
      assertThat(find(followed, other.digest()).acts()).isTrue();
      assertThat(find(followed, kept.digest()).acts()).as("after %d others", i).isTrue();
    }
    assertThat(find(followed, changed("other-0.example.org").digest()).known()).isFalse();

    clock.advance(Duration.ofMinutes(31));
    assertThat(find(followed, kept.digest()).known()).as("nobody has asked for it").isFalse();
  }

  @Test
  void doesNotActByWhatHasAnotherDigest() throws IOException {
    var other = changed("fleet.example.org");
    hold(followed, "0".repeat(64), other.revision().content());
    assertThat(find(followed, "0".repeat(64)).acts()).isFalse();
    assertThat(followed.unusable("dns")).containsEntry("0".repeat(64),
        "the API's content of it has the digest " + other.digest());
  }

  @Test
  void holdsItToThePolicyLikeAFile() throws IOException {
    var strict = followed(Map.of("namespaces", "elsewhere"));
    var other = changed("fleet.example.org");
    hold(strict, other.digest(), other.revision().content());
    assertThat(find(strict, other.digest()).acts()).isFalse();
    assertThat(strict.unusable("dns").get(other.digest())).contains("namespace");
  }

  @Test
  void saysWhatCannotBeLoaded() throws JsonProcessingException {
    var content = running.revision().content().replace("resource-adapter", "no-adapter");
    hold(followed, "1".repeat(64), content);
    assertThat(followed.unusable("dns").get("1".repeat(64)))
        .contains("spec.template: invalid value; allowed: job-adapter");
    hold(followed, "2".repeat(64), "\"nothing\"");
    assertThat(followed.unusable("dns")).containsEntry("2".repeat(64), "the API does not have its content");

    var found = find(followed, "1".repeat(64));
    assertThat(found.known()).as("it is not asked for with each event").isTrue();
    assertThat(found.acts()).isFalse();
    clock.advance(Duration.ofSeconds(61));
    assertThat(find(followed, "1".repeat(64)).known()).as("it may come").isFalse();
    assertThat(followed.unusable("dns")).isEmpty();
  }

  @Test
  void isUnusableWhereTheApiDoesNotShowItAndNotWhereTheApiIsAway() {
    missing("3".repeat(64), new HttpOperationFailedException("http://api", 404, "Not Found", null, Map.of(), ""));
    missing("4".repeat(64), new HttpOperationFailedException("http://api", 503, "Unavailable", null, Map.of(), ""));
    missing("5".repeat(64), new IOException("connection refused"));
    assertThat(followed.unusable("dns")).containsOnlyKeys("3".repeat(64));
    assertThat(find(followed, "5".repeat(64))).isEqualTo(new Followed("5".repeat(64), null, false));
  }

  private void missing(String digest, Exception cause) {
    var exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, cause);
    followed.missing(exchange, "dns", new Followed(digest, null, false));
  }

  private static void hold(FollowedDefinitions followed, String digest, String content) throws JsonProcessingException {
    followed.hold("{\"digest\": \"" + digest + "\", \"content\": " + content + "}", "dns",
        new Followed(digest, null, false));
  }

  private static Followed find(FollowedDefinitions followed, String digest) {
    return followed.find("dns", new Fetched(Map.of(), Owner.ofCluster("dns", "c1", 1), ApiTime.received(Instant.now()),
        false, new OwnReport(Map.of()), digest));
  }

  private AdapterDefinition changed(String domain) throws IOException {
    var folder = Files.createDirectories(directory.resolve(domain).resolve("dns"));
    for (String file : new String[]{"adapter.yaml", "record.yaml"}) {
      Files.writeString(folder.resolve(file),
          Files.readString(DNS.resolve(file)).replace("clusters.example.com", domain));
    }
    return load(folder);
  }

  private static AdapterDefinition load(Path folder) {
    var absolute = folder.toAbsolutePath();
    var problems = new AdapterProblems("dns");
    return AdapterLoader.read(CelEngine.untimed(), AdapterTemplates.builtIn(), Optional.empty(),
        AdapterFolder.of(absolute, absolute), problems).orElseThrow(
            () -> new IllegalStateException(problems.list()
                .toString()));
  }
}
