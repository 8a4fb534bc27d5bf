package io.hyperfleet.gitops.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.Actor;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.Operation;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who did it. */
class AttributionTest {

  private static final ResourceIdentifier ID = new ResourceIdentifier("", "v1", "configmaps", "ns", "a");
  private static final Actor ADMIN = Actor.user("admin");

  private final TestClock clock = new TestClock();
  private final AuditFacts facts = new AuditFacts(clock);

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # before               | after                                  | actor
      -                      | creator:10                             | manager/creator
      creator:10             | creator:10 editor:20                   | manager/editor
      creator:10             | creator:10 editor:10                   | manager/editor
      editor:10              | creator:10 editor:10                   | manager/creator
      a:10 b:20              | a:30 b:20                              | manager/a
      a:10                   | a:10 kubelet:20:status                 | manager/a
      -                      | kubelet:20:status                      | system/unknown
      -                      | -                                      | system/unknown
      """)
  void lastFieldManagerIsTheOneThatWasNotThereBefore(String before, String after, String actor) {
    assertThat(Attribution.byFieldManager(object(before), object(after))).hasToString(actor);
  }

  private static Map<String, Object> object(String managers) {
    var entries = managers.equals("-") ? List.of() : List.of(managers.split(" ")).stream().map(word -> {
      var parts = word.split(":");
      return Map.of("manager", parts[0], "time", "2026-01-01T00:00:" + parts[1] + "Z",
          "subresource", parts.length > 2 ? parts[2] : "");
    }).toList();
    return Map.of("metadata", Map.of("managedFields", entries));
  }

  @Test
  void deletionOfAPathIsTrueForAMinuteAndOnce() {
    deleted("admin");
    assertThat(facts.ofDeletion("u", ID)).contains(ADMIN);
    assertThat(facts.ofDeletion("u", ID)).isEmpty();

    deleted("admin");
    clock.advance(Duration.ofSeconds(61));
    // By now the name stands for another object.
    assertThat(facts.ofDeletion("u", ID)).isEmpty();
  }

  private void deleted(String user) {
    facts.received(List.of(Map.of("stage", "ResponseComplete", "verb", "delete", "user", Map.of("username", user),
        "responseStatus", Map.of("code", 200), "objectRef",
        Map.of("apiVersion", "v1", "resource", "configmaps", "namespace", "ns", "name", "a"))));
  }

  @Test
  void eventsThatWaitAreKnownByTheirFiles() {
    var attribution = new Attribution(facts, Duration.ofSeconds(3),
        new GitOpsMonitor(new SimpleMeterRegistry(), clock));
    var event = new GitOpsEvent("prod", "a", ID, Operation.UPDATE, null, Actor.UNKNOWN, Map.of(), clock.instant());
    attribution.add(event, Map.of(), false, clock.instant());
    attribution.add(event, Map.of(), false, clock.instant().plusSeconds(1));
    assertThat(attribution.isAwaited(event)).isTrue();
    assertThat(attribution.known(clock.instant().plusSeconds(3))).hasSize(1);
    assertThat(attribution.isAwaited(event)).isTrue();
    assertThat(attribution.known(Instant.MAX)).hasSize(1);
    // Whoever has left the queue is awaited until the worker has the event: nobody else writes the file in between.
    assertThat(attribution.isAwaited(event)).isTrue();
    attribution.handedOver(event);
    assertThat(attribution.isAwaited(event)).isTrue();
    attribution.handedOver(event);
    assertThat(attribution.isAwaited(event)).isFalse();
  }

  @Test
  void namesTurnNoTextAroundAndFillNoPage() {
    assertThat(Actor.user("eve\u202Enimda\u0085\u200B")).hasToString("user/evenimda");
    assertThat(Actor.user("a".repeat(100_000)).name()).hasSize(203).endsWith("a...");
  }
}
