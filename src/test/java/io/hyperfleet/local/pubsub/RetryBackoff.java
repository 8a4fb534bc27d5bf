package io.hyperfleet.local.pubsub;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.Subscription;
import java.util.concurrent.TimeUnit;

/**
 * How long a message waits before it is delivered again: not at all without a retry policy, else exponentially from the
 * minimum to the maximum. Emulator: redelivers at once after the first failure.
 */
final class RetryBackoff {

  private static final int DOUBLINGS = 20;

  private RetryBackoff() {}

  /** Nanoseconds to wait after so many failures. */
  static long nanos(Subscription subscription, int failures) {
    if (!subscription.hasRetryPolicy()) {
      return 0;
    }
    long min = nanos(subscription.getRetryPolicy().getMinimumBackoff());
    long max = nanos(subscription.getRetryPolicy().getMaximumBackoff());
    return Math.min(max, min << Math.min(failures - 1, DOUBLINGS));
  }

  private static long nanos(Duration duration) {
    return TimeUnit.SECONDS.toNanos(duration.getSeconds()) + duration.getNanos();
  }
}
