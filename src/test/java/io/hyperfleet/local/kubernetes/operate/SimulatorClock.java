package io.hyperfleet.local.kubernetes.operate;

import io.hyperfleet.local.kubernetes.resource.ApiError;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where simulated time passes: a single thread, so that controllers never race each other. */
public final class SimulatorClock {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatorClock.class);

  private final ScheduledExecutorService executor;

  public SimulatorClock() {
    executor = new ScheduledThreadPoolExecutor(1, task -> {
      var thread = new Thread(task, "local-kubernetes-simulator");
      thread.setDaemon(true);
      return thread;
    });
  }

  public void soon(Runnable work) {
    after(Duration.ZERO, work);
  }

  void after(Duration delay, Runnable work) {
    try {
      executor.schedule(() -> run(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The local Kubernetes is closed; a simulated step is dropped");
    }
  }

  public void close() {
    executor.shutdownNow();
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (ApiError gone) {
      // The object went away, or changed hands, while the step was waiting.
      LOG.debug("A simulated step had nothing to do: {}", gone.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("A simulated step failed", e);
    }
  }
}
