package io.hyperfleet.id;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Time-ordered identifiers (RFC 9562, version 7). Within one process each id is greater than the one before, also
 * within a millisecond and when the clock steps back: the 12 bits after the time count, and carry into the time.
 */
public final class UuidV7 {

  private static final Pattern CANONICAL = Pattern
      .compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int COUNTER_BITS = 12;

  private static long last;

  private UuidV7() {}

  /** A new id. */
  public static UUID next() {
    return of(tick(System.currentTimeMillis()), RANDOM.nextLong());
  }

  /** The id that a text spells, or null when it spells none: such a resource does not exist. */
  public static UUID parse(String text) {
    return text != null && CANONICAL.matcher(text).matches() ? UUID.fromString(text) : null;
  }

  private static synchronized long tick(long millis) {
    last = Math.max(last + 1, millis << COUNTER_BITS);
    return last;
  }

  private static UUID of(long tick, long random) {
    long high = (tick >>> COUNTER_BITS) << 16 | 0x7000 | tick & 0xFFF;
    long low = random & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
