package io.hyperfleet.local.pubsub;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Wakes a queue when its next lease or backoff ends. Guarded by that queue. */
final class Alarm {

  private final ScheduledExecutorService scheduler;
  private final Runnable wake;
  private Future<?> pending;
  private long setFor = Long.MAX_VALUE;

  Alarm(ScheduledExecutorService scheduler, Runnable wake) {
    this.scheduler = scheduler;
    this.wake = wake;
  }

  /** Makes sure that the queue wakes at this time; an earlier alarm stays, since waking early does no harm. */
  void setFor(long due) {
    if (due >= setFor) {
      return;
    }
    cancel();
    setFor = due;
    pending = scheduler.schedule(wake, due - Ticks.now(), TimeUnit.NANOSECONDS);
  }

  /** To be called by what was woken. */
  void rang() {
    setFor = Long.MAX_VALUE;
    pending = null;
  }

  void cancel() {
    if (pending != null) {
      pending.cancel(false);
    }
    rang();
  }
}
