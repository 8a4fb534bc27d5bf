package io.hyperfleet.gitops.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.Actor;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsProperties.Commit;
import io.hyperfleet.gitops.Operation;
import io.hyperfleet.gitops.ResourceIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * A commit window as a table: events as {@code second:actor:file:bytes}, where the actor is the reconciler when it is
 * {@code R}, nobody that is known when it is {@code ?}, and a deletion has no bytes.
 */
class CommitWindowTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  /** Windows of 5 s, 30 s at most, three files and 100 bytes. */
  private static final Commit LIMITS = limits("5s");

  private static Commit limits(String window) {
    return new Commit(DurationStyle.detectAndParse(window), Duration.ofSeconds(30), 3,
        DataSize.ofBytes(100), "HyperFleet GitOps", "gitops@hyperfleet.io");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0:a:x:1                      | 0:a:y:1 | true
      0:a:x:1                      | 0:b:y:1 | false
      0:a:x:1                      | 0:b:x:1 | false
      0:a:x:1                      | 0:?:x   | true
      0:a:x:1                      | 0:?:y   | false
      0:?:x                        | 0:?:y   | true
      0:?:x                        | 0:a:x:1 | false
      0:a:x:1                      | 0:R:x:1 | false
      0:R:x:1                      | 0:R:y:1 | true
      0:R:x:1                      | 0:a:x:1 | false
      """)
  void takesWhatOneActorDoes(String events, String next, boolean taken) {
    assertThat(window(LIMITS, events).takes(event(next))).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0:a:x:1                         | 4  | false
      0:a:x:1                         | 5  | true
      0:a:x:1 4:a:y:1                 | 8  | false
      0:a:x:1 4:a:y:1                 | 9  | true
      0:a:x:1 4:a:x:1 8:a:x:1         | 12 | false
      0:a:x:1 10:a:x:1 20:a:x:1 28:a:x:1 | 29 | false
      0:a:x:1 10:a:x:1 20:a:x:1 28:a:x:1 | 30 | true
      """)
  void isDueWhenItWasQuietOrIsOld(String events, int second, boolean due) {
    assertThat(window(LIMITS, events).isDue(START.plusSeconds(second))).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      5s | 0:a:x:1                  | false
      0s | 0:a:x:1                  | true
      5s | 0:a:x:1 0:a:y:1          | false
      5s | 0:a:x:1 0:a:y:1 0:a:z:1  | true
      5s | 0:a:x:99                 | false
      5s | 0:a:x:100                | true
      5s | 0:a:x:60 0:a:y:40        | true
      5s | 0:a:x:60 0:a:x:40        | false
      5s | 0:a:x:99 0:a:x           | false
      """)
  void isFullByFilesAndBytesOfTheLastStates(String window, String events, boolean full) {
    assertThat(window(limits(window), events).isFull()).isEqualTo(full);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0:a:x:1                          | a:x
      0:a:x:1 0:a:y:1                  | a:x,y
      0:a:x:1 0:a:y:1 0:a:x:2          | a:y,x
      0:a:x:1 0:a:y:1 0:?:x            | a:y ?:x
      0:?:x 0:?:y                      | ?:x,y
      """)
  void writesTheLastStateOfEachFileByItsActor(String events, String writes) {
    assertThat(window(LIMITS, events).writes()).extracting(CommitWindowTest::shown).containsExactly(writes.split(" "));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0:R:x:1 0:R:y:1 | 0:a:x:1 | R:y | false
      0:R:x:1 0:R:y:1 | 0:a:z:1 | R:x,y | false
      0:R:x:1         | 0:a:x:1 | ''  | false
      0:a:x:1         | 0:b:x:1 | a:x | true
      """)
  void whatSomebodyChangesIsNoLongerTheReconcilers(String events, String change, String writes, boolean hasChange) {
    var window = window(LIMITS, events);
    window.supersede(event(change));
    assertThat(window.writes().stream().map(CommitWindowTest::shown).collect(Collectors.joining(" ")))
        .isEqualTo(writes);
    assertThat(window.hasChange(event(change).path())).isEqualTo(hasChange);
  }

  private static CommitWindow window(Commit limits, String events) {
    CommitWindow window = null;
    for (var each : events.strip().split(" ")) {
      if (window == null) {
        window = new CommitWindow(limits, event(each), at(each));
      } else {
        window.add(event(each), at(each));
      }
    }
    return window;
  }

  private static Instant at(String event) {
    return START.plusSeconds(Integer.parseInt(event.split(":")[0]));
  }

  private static GitOpsEvent event(String text) {
    var parts = text.strip().split(":");
    var actor = switch (parts[1]) {
      case "R" -> Actor.RECONCILER;
      case "?" -> Actor.UNKNOWN;
      default -> Actor.user(parts[1]);
    };
    var id = new ResourceIdentifier("", "v1", "configmaps", "default", parts[2]);
    return new GitOpsEvent("prod", "a", id, parts[1].equals("R") ? Operation.RECONCILE_RESOURCE : Operation.UPDATE,
        parts.length > 3 ? new byte[Integer.parseInt(parts[3])] : null, actor, Map.of(), at(text.strip()));
  }

  private static String shown(PendingWrite write) {
    List<GitOpsEvent> events = write.events();
    var actor = events.get(0).actor();
    return Map.of(Actor.RECONCILER, "R", Actor.UNKNOWN, "?").getOrDefault(actor, actor.name()) + ":"
        + events.stream().map(event -> event.identifier().name()).collect(Collectors.joining(","));
  }
}
