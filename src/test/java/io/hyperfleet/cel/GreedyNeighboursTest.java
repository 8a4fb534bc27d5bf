package io.hyperfleet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One adapter's expressions take neither the heap of the process nor all of its processors. */
@Timeout(120)
class GreedyNeighboursTest {

  @Test
  void sixtyFourGreedyWorkersLeaveASmallHeapAndTheOthersAlone() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process = new ProcessBuilder(java, "-Xmx96m", "-XX:+ExitOnOutOfMemoryError", "-cp",
        System.getProperty("java.class.path"), "org.springframework.boot.SpringApplication",
        "--spring.main.sources=" + GreedyNeighbours.class.getName(),
        "--spring.main.web-application-type=none").redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("normal " + GreedyNeighbours.EVALUATIONS + ", greedy limited, odd 0");
  }

  @Test
  void anAdapterWorksOnHalfOfTheProcessorsAndSmallEvaluationsNeverWait() throws Exception {
    var gate = new EvaluationGate(4);
    var working = new AtomicInteger();
    var most = new AtomicInteger();
    var held = new CountDownLatch(1);
    var engine = new CelEngine().ofAnother();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      var worker = new Thread(() -> {
        gate.enter();
        most.accumulateAndGet(working.incrementAndGet(), Math::max);
        try {
          held.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        } finally {
          working.decrementAndGet();
          gate.leave();
        }
      });
      worker.start();
      workers.add(worker);
    }
    while (working.get() < 2) {
      Thread.onSpinWait();
    }

    // Of another adapter: there is room while all of those hold theirs.
    var other = gate.ofAnother();
    other.enter();
    other.leave();
    assertThat(engine.compile("1 + 1 == 2").test(Map.of())).isTrue();
    assertThat(most).hasValue(2);
    held.countDown();
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(most).hasValue(2);
  }

  @Test
  void theClockStandsStillWhileAnEvaluationWaits() throws Exception {
    var limits = CelLimits.DEFAULT;
    var gate = new EvaluationGate(1);
    var budget = new EvaluationBudget(new EvaluationRules(limits, System::nanoTime, gate));
    gate.enter();
    var waited = new Thread(() -> {
      budget.begin();
      try {
        budget.steps(1_000);
        budget.steps(1_000);
      } finally {
        budget.end();
      }
    });
    var failure = new AtomicReference<Throwable>();
    waited.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
    waited.start();
    while (waited.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    long start = System.nanoTime();
    while (System.nanoTime() - start < limits.time().toNanos() * 2) {
      Thread.onSpinWait();
    }
    gate.leave();
    waited.join();
    assertThat(failure).hasNullValue();
  }
}
