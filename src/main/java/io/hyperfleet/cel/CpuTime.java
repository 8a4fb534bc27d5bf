package io.hyperfleet.cel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU time, for limits of work: a paused process, or one without a processor, uses none. */
public final class CpuTime {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  /** CPU time of the current thread in nanoseconds, from an arbitrary origin. */
  public static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
