package io.hyperfleet.faults.stage;

import org.junit.jupiter.api.Assumptions;

/** What a machine cannot do is skipped by its name, and aloud. */
public final class Skips {

  private Skips() {}

  /** Skips the rest of a test unless the machine can do what it needs. */
  public static void unless(boolean possible, String fault, String reason) {
    if (!possible) {
      System.out.println("SKIPPED " + fault + ": " + reason);
      Assumptions.abort(fault + ": " + reason);
    }
  }
}
