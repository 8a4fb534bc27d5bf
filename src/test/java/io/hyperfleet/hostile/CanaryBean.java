package io.hyperfleet.hostile;

/** A bean of the running application that only hostile texts name. */
public final class CanaryBean {

  /** What {@code {{bean:hostileCanary.touch}}} calls. */
  public String touch() {
    Canaries.touched("the bean " + Canaries.BEAN + " was called");
    return Canaries.SECRET;
  }

  @Override
  public String toString() {
    Canaries.touched("the bean " + Canaries.BEAN + " was put into a text");
    return Canaries.SECRET;
  }
}
