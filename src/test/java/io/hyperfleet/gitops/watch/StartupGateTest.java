package io.hyperfleet.gitops.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes wait for the first comparison, the last of each object, and none overtakes another when they go on. */
class StartupGateTest {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final TestClock clock = new TestClock();

  @Test
  void holdsTheLastMinutesHoweverLongItIsClosed() {
    var gate = new StartupGate(Instant.MAX, LONGEST);
    for (int second = 0; second < 600; second++) {
      assertThat(gate.hold(change("job-" + second, "DELETED"), clock.instant())).isTrue();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(gate.size()).isEqualTo((int) LONGEST.toSeconds() + 1);
    assertThat(released(gate)).hasSize((int) LONGEST.toSeconds() + 1);
    assertThat(gate.hold(change("job", "ADDED"), clock.instant())).isFalse();
  }

  private static List<WatchedChange> released(StartupGate gate) {
    var changes = new ArrayList<WatchedChange>();
    gate.release(changes);
    for (var next = gate.next(changes); next.isPresent(); next = gate.next(changes)) {
      assertThat(gate.isOpen()).isFalse();
      changes.add(next.get());
    }
    assertThat(gate.isOpen()).isTrue();
    return changes;
  }

  /** Whatever comes while it opens is held until what came before it has gone on. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void changesOfAnObjectKeepTheirOrderWhileItOpens(long seed) {
    var random = new Random(seed);
    var gate = new StartupGate(Instant.MAX, LONGEST);
    var handled = new ArrayList<WatchedChange>();
    gate.release(handled);
    int told = 0;
    boolean opening = true;
    while (told < 200 || opening) {
      if (told < 200 && random.nextInt(3) > 0) {
        var change = change("object-" + random.nextInt(4), String.valueOf(told++));
        if (!gate.hold(change, clock.instant())) {
          handled.add(change);
        }
      } else if (told > 20) {
        opening = gate.next(handled).map(handled::add).orElse(false);
      }
    }
    assertThat(handled).isNotEmpty();
    for (int object = 0; object < 4; object++) {
      var name = "object-" + object;
      assertThat(handled.stream().filter(change -> change.identifier().name().equals(name))
          .map(change -> Integer.valueOf(change.action()))).isSorted();
    }
  }

  @Test
  void onlyTheLastWhoOpensItTakesOutWhatIsHeld() {
    var gate = new StartupGate(clock.instant(), LONGEST);
    gate.hold(change("one", "ADDED"), clock.instant());
    assertThat(gate.isOverdue(clock.instant())).isTrue();
    gate.release("first");
    assertThat(gate.isOverdue(clock.instant())).isFalse();
    gate.release("second");
    assertThat(gate.next("first")).isEmpty();
    assertThat(gate.isOpen()).isFalse();
    assertThat(gate.next("second")).isPresent();
    assertThat(gate.next("second")).isEmpty();
    assertThat(gate.isOpen()).isTrue();
  }

  private static WatchedChange change(String name, String action) {
    return new WatchedChange(null, new ResourceIdentifier("", "v1", "configmaps", "ns", name), action, false, Map.of(),
        Map.of());
  }
}
