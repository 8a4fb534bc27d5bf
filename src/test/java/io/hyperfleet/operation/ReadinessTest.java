package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  /** So many that waiting for each of them would take a minute. */
  private static final int MANY = 30;

  @Test
  void namesFirstWhatOthersDependOn() {
    var readiness = new Readiness(List.of(
        check("sentinel_poll", () -> "late"), check("other", () -> "ok"), check("database", () -> "ok")));

    assertThat(readiness.ask().entrySet()).extracting(Object::toString)
        .containsExactly("database=ok", "sentinel_poll=late", "other=ok");
  }

  @Test
  void showsChecksOfOneNameAsOne() {
    assertThat(new Readiness(List.of(check("broker", () -> "ok"), check("broker", () -> "topic a is missing"))).ask())
        .containsExactly(java.util.Map.entry("broker", "topic a is missing"));
    assertThat(new Readiness(List.of(check("broker", () -> "a"), check("broker", () -> "b"))).ask())
        .containsExactly(java.util.Map.entry("broker", "a; b"));
  }

  @Test
  void waitsForNoCheckLongerThanItsLimitAndRunsItOnlyOnce() {
    var latch = new CountDownLatch(1);
    var runs = new AtomicInteger();
    Supplier<String> hangs = () -> {
      runs.incrementAndGet();
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "ok";
    };
    var checks = new ArrayList<>(List.of(check("database", () -> "ok")));
    IntStream.range(0, MANY).forEach(i -> checks.add(check("late-" + i, hangs)));
    var readiness = new Readiness(checks);

    var began = Instant.now();
    var answers = readiness.ask();

    assertThat(Duration.between(began, Instant.now())).as("not for one after the other")
        .isLessThan(ReadinessCheck.LIMIT.multipliedBy(MANY));
    assertThat(answers).containsEntry("late-0", "late-0: no answer within 2 s");
    await().untilAsserted(() -> assertThat(runs).hasValue(MANY));
    await().untilAsserted(() -> assertThat(readiness.ask()).containsEntry("database", "ok"));
    assertThat(runs).hasValue(MANY);
    latch.countDown();
  }

  @Test
  void keepsAnAnswerForAMoment() {
    var runs = new AtomicInteger();
    var readiness = new Readiness(List.of(check("api", () -> "run " + runs.incrementAndGet())));

    // Where a thread stands still for long, the moment is over before the second probe.
    await().untilAsserted(() -> assertThat(readiness.ask()).isEqualTo(readiness.ask()));
  }

  @Test
  void tellsNobodyWhatABrokenCheckSays() {
    var readiness = new Readiness(List.of(check("api", () -> {
      throw new IllegalStateException("password=secret");
    })));

    await().untilAsserted(() -> assertThat(readiness.ask()).containsEntry("api", "api: the check failed"));
  }

  private static ReadinessCheck check(String name, Supplier<String> answer) {
    return new ReadinessCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String check() {
        return answer.get();
      }
    };
  }
}
