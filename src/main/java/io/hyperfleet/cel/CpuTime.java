package io.hyperfleet.cel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What limits of work are measured with: a process that stands still, or is not given a processor, uses up none. */
public final class CpuTime {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  /** Nanoseconds for which the current thread has had a processor, from any start. */
  public static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
