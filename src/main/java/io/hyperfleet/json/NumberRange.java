package io.hyperfleet.json;

import java.math.BigDecimal;

/**
 * Numbers that are kept exactly: up to 100 digits, and 0 or from 1e-307 to below 1e308 in size. Each can be rounded to
 * a double for calculations in expressions, and a short text cannot expand to megabytes.
 */
final class NumberRange {

  static final String RULE = "it may have up to 100 significant digits, and must be 0 or between 1e-307 and 1e308 in "
      + "magnitude";

  private static final int MOST_DIGITS = 100;
  private static final int LARGEST_EXPONENT = 307;
  /** Zeros count here as well. */
  private static final int LONGEST_TEXT = 1000;

  private NumberRange() {}

  /** The number that a text of JSON's grammar spells; null when it is out of range. */
  static BigDecimal read(String text) {
    if (text.length() > LONGEST_TEXT) {
      return null;
    }
    try {
      var number = new BigDecimal(text);
      return fits(number) ? number : null;
    } catch (NumberFormatException e) {
      // Its exponent alone has more than 32 bits.
      return null;
    }
  }

  private static boolean fits(BigDecimal number) {
    if (number.signum() == 0) {
      return Math.abs((long) number.scale()) <= LONGEST_TEXT;
    }
    long exponent = (long) number.precision() - number.scale() - 1;
    return Math.abs(exponent) <= LARGEST_EXPONENT && number.stripTrailingZeros().precision() <= MOST_DIGITS;
  }
}
