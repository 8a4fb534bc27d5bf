package io.hyperfleet.operation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a check, never concurrently, and caches its result briefly. */
final class RunningCheck {

  private static final Logger LOG = LoggerFactory.getLogger(RunningCheck.class);
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  private final ReadinessCheck check;
  private CompletableFuture<String> answer;
  private long started;

  RunningCheck(ReadinessCheck check) {
    this.check = check;
  }

  String name() {
    return check.name();
  }

  /** The answer that is still fresh or on its way, else that of a new run. */
  synchronized CompletableFuture<String> start(Executor executor) {
    if (answer == null || answer.isDone() && System.nanoTime() - started > KEPT_NANOS) {
      started = System.nanoTime();
      answer = CompletableFuture.supplyAsync(this::run, executor);
    }
    return answer;
  }

  /** What to show of an answer once the probe has waited until {@code deadline}, of the clock of {@code nanoTime}. */
  String await(CompletableFuture<String> pending, long deadline) {
    try {
      return pending.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return check.lateText();
    } catch (ExecutionException e) {
      return name() + ": the check failed";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return check.lateText();
    }
  }

  private String run() {
    try {
      return check.check();
    } catch (RuntimeException e) {
      LOG.warn("The readiness check {} failed", name(), e);
      return name() + ": the check failed";
    }
  }
}
