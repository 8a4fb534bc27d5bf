package io.hyperfleet.local.pubsub;

import java.util.concurrent.TimeUnit;

/** Monotonic nanoseconds since this class was loaded: unlike System.nanoTime they can be compared with {@code <}. */
final class Ticks {

  private static final long START = System.nanoTime();

  private Ticks() {}

  static long now() {
    return System.nanoTime() - START;
  }

  static long inSeconds(long seconds) {
    return now() + TimeUnit.SECONDS.toNanos(seconds);
  }
}
