package io.hyperfleet.adapter;

/** A class that no folder may have loaded: what hostile text names. */
public final class Canary {

  static {
    sing();
  }

  public Canary() {
    sing();
  }

  public Canary(String text) {
    sing();
  }

  private static void sing() {
    HostileFoldersTest.SONGS.incrementAndGet();
  }
}
