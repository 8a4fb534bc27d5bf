package io.hyperfleet.faults.stage;

import java.time.Duration;
import java.util.Random;
import org.springframework.boot.convert.DurationStyle;

/** How long and how often: the system properties of docs/reliability.md. */
public final class Loops {

  private Loops() {}

  /** {@code -Dfaults.loops}: how often a process is killed; 3 unless it is set. */
  public static int count() {
    return Integer.getInteger("faults.loops", 3);
  }

  /** {@code -Dfaults.outage}: how long PostgreSQL and the broker are away; 15 seconds unless it is set. */
  public static Duration outage() {
    return DurationStyle.detectAndParse(System.getProperty("faults.outage", "15s"));
  }

  /** {@code -Dfaults.seed}: where random choices start from; it is printed, so that a run can be repeated. */
  public static Random random(String of) {
    long seed = Long.getLong("faults.seed", System.nanoTime());
    System.out.println(of + " runs with -Dfaults.seed=" + seed);
    return new Random(seed);
  }

  /** Says what was measured, for docs/reliability.md. */
  public static void measured(String fault, String text, Object... values) {
    System.out.println("MEASURED " + fault + ": " + String.format(java.util.Locale.ROOT, text, values));
  }
}
