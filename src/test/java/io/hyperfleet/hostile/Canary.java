package io.hyperfleet.hostile;

/** Named by hostile texts, and by nothing else: whoever loads it has obeyed one. */
public class Canary {

  static {
    Canaries.touched("the class " + Canaries.CLASS + " was initialized");
  }

  /** What {@code #class:} calls. */
  public Canary() {
    Canaries.touched("an instance of " + Canaries.CLASS + " was made");
  }

  /** What {@code #class:...('text')} and YAML tags with a scalar call. */
  public Canary(String text) {
    Canaries.touched("an instance of " + Canaries.CLASS + " was made with " + text);
  }
}
