package io.hyperfleet.operation;

import io.hyperfleet.log.FailureMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries a task in the background until it succeeds once, for tasks at the start that depend on other services. Each
 * failure is one line in the log.
 */
public final class BackgroundRetry implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundRetry.class);

  private final String what;
  private final Backoff backoff;
  private final Attempt attempt;
  private final Thread thread;

  /** What is tried. */
  @FunctionalInterface
  public interface Attempt {

    /** Tries once; an exception means once more. */
    void run() throws Exception;
  }

  /**
   * An attempt that has not begun.
   *
   * @param what description of the task, to follow "Cannot" in messages
   */
  public BackgroundRetry(String what, Backoff backoff, Attempt attempt) {
    this.what = what;
    this.backoff = backoff;
    this.attempt = attempt;
    this.thread = new Thread(this::tryUntilDone, "attempt-" + what.replace(' ', '-'));
    thread.setDaemon(true);
  }

  /** Begins, in a thread of its own. */
  public void start() {
    thread.start();
  }

  private void tryUntilDone() {
    for (int failures = 1; !Thread.currentThread().isInterrupted(); failures++) {
      try {
        attempt.run();
        return;
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        if (!pauseAfter(failures, e)) {
          return;
        }
      }
    }
  }

  private boolean pauseAfter(int failures, Exception failure) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    var pause = backoff.after(failures);
    LOG.warn("Cannot {}, trying again in {} s: {}", what, pause.toSeconds(), FailureMessage.of(failure));
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Gives up. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
