package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReadinessTest {

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
    var readiness = new Readiness(List.of(check("api", hangs), check("broker", hangs), check("database", () -> "ok")));

    var began = Instant.now();
    var answers = readiness.ask();
    readiness.ask();

    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(answers).containsEntry("api", "api: no answer within 2 s").containsEntry("database", "ok");
    assertThat(runs).hasValue(2);
    latch.countDown();
  }

  @Test
  void keepsAnAnswerForAMoment() {
    var runs = new AtomicInteger();
    var readiness = new Readiness(List.of(check("api", () -> "run " + runs.incrementAndGet())));

    assertThat(readiness.ask()).isEqualTo(readiness.ask());
  }

  @Test
  void tellsNobodyWhatABrokenCheckSays() {
    var readiness = new Readiness(List.of(check("api", () -> {
      throw new IllegalStateException("password=secret");
    })));

    assertThat(readiness.ask()).containsEntry("api", "api: the check failed");
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
