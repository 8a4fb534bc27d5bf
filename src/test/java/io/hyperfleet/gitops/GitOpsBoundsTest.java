package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.gitops.manifest.Trailers;
import io.hyperfleet.gitops.watch.LastContents;
import io.hyperfleet.gitops.watch.StartupGate;
import io.hyperfleet.gitops.watch.WatchSource;
import io.hyperfleet.gitops.write.WallTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered stays small, and nothing is taken for something else. */
class GitOpsBoundsTest {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final TestClock clock = new TestClock();

  @Test
  void contentsWithTheSameHashCodeAreTwoContents() {
    assertThat("key: Aa".hashCode()).isEqualTo("key: BB".hashCode());
    var contents = new LastContents();
    var id = id("one");
    assertThat(contents.changes("prod", id, manifest("key: Aa"))).isTrue();
    assertThat(contents.changes("prod", id, manifest("key: Aa"))).isFalse();
    assertThat(contents.changes("prod", id, manifest("key: BB"))).isTrue();
    contents.forget("prod", id);
    assertThat(contents.size()).isZero();
    assertThat(contents.changes("prod", id, manifest("key: BB"))).isTrue();
  }

  @Test
  void gateHoldsTheLastMinutesHoweverLongItIsClosed() {
    var gate = new StartupGate(Instant.MAX, LONGEST);
    for (int second = 0; second < 600; second++) {
      assertThat(gate.hold("job-" + second, change("DELETED"), clock.instant())).isTrue();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(gate.size()).isEqualTo((int) LONGEST.toSeconds() + 1);
    assertThat(gate.open()).hasSize((int) LONGEST.toSeconds() + 1);
    assertThat(gate.hold("job", change("ADDED"), clock.instant())).isFalse();
  }

  private static StartupGate.Change change(String action) {
    return new StartupGate.Change(null, action, false, Map.of(), Map.of());
  }

  @Test
  void sourcesHaveRoutesOfTheirOwn() {
    assertThat(List.of(source("a.b.com", "", ""), source("a-b.com", "", ""), source("a.b-com", "", ""), source("a.b.com", "x", ""),
        source("a.b.com", "", "a=Aa"), source("a.b.com", "", "a=BB"))).extracting(WatchSource::routeId)
        .doesNotHaveDuplicates().contains("gitops-watch-a-b-com-v1-things", "gitops-watch-a-b-com-v1-things-in-x");
  }

  private static WatchSource source(String group, String namespace, String labels) {
    return new WatchSource(new ResourceType(group, "v1", "things"), namespace, labels, List.of());
  }

  @Test
  void commitsAreDatedByTheClockOfTheWall() {
    var wall = new TestClock();
    var time = new WallTime(clock, wall);
    var event = clock.instant();
    clock.advance(Duration.ofSeconds(5));
    wall.advance(Duration.ofHours(3));
    assertThat(time.of(event)).isEqualTo(wall.instant().minusSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Two Words", "Colon:", "operation", "Resource-Key", "-dash", "new\nline"})
  void trailersThatGitWouldNotReadStopTheStart(String name) {
    assertThatThrownBy(() -> new Trailers(Map.of(name, "label"))).hasMessageContaining("hyperfleet.gitops.trailers: '" + name);
  }

  private static ResourceIdentifier id(String name) {
    return new ResourceIdentifier("", "v1", "configmaps", "ns", name);
  }

  private static Manifest manifest(String content) {
    return new Manifest(content.getBytes(StandardCharsets.UTF_8), Map.of(), Map.of());
  }
}
