package io.hyperfleet.yaml;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The meaning of unquoted scalars in kubectl, which reads YAML with sigs.k8s.io/yaml. In addition to decimal numbers
 * there are {@code 0644} and {@code 0o644} (octal), {@code 0x1F}, {@code 0b11} and {@code 1_000}; {@code yes},
 * {@code on} and {@code y} are true. There is no base 60, and times are text.
 */
public final class KubectlScalars {

  /** Merges the maps that stand behind it into its own, where it is a key. */
  static final String MERGE = "<<";

  private static final Map<String, Object> WORDS = new HashMap<>();
  private static final Pattern INTEGER = Pattern
      .compile("(?<sign>[-+]?)(?:0[xX](?<hex>[0-9a-fA-F]+)|0[bB](?<binary>[01]+)"
          + "|0[oO](?<octal>[0-7]+)|0(?<zero>[0-7]+)|(?<decimal>[1-9][0-9]*|0))");
  private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern BETWEEN_DIGITS = Pattern.compile("(?<=[0-9])_(?=[0-9])");
  private static final String DIGITS_AND_SIGNS = "+-0123456789";
  private static final int LONG_BITS = 63;
  private static final int UNSIGNED_BITS = 64;
  /** A number of more digits is beyond 64 bits in every notation. */
  private static final int MOST_DIGITS = 400;

  static {
    for (String word : new String[]{"y", "yes", "true", "on"}) {
      spell(word, true);
    }
    for (String word : new String[]{"n", "no", "false", "off"}) {
      spell(word, false);
    }
    spell("null", null);
    WORDS.put("~", null);
    WORDS.put("", null);
    for (String infinity : new String[]{"inf", "Inf", "INF"}) {
      WORDS.put("." + infinity, Double.POSITIVE_INFINITY);
      WORDS.put("+." + infinity, Double.POSITIVE_INFINITY);
      WORDS.put("-." + infinity, Double.NEGATIVE_INFINITY);
    }
    for (String nan : new String[]{".nan", ".NaN", ".NAN"}) {
      WORDS.put(nan, Double.NaN);
    }
  }

  private KubectlScalars() {}

  private static void spell(String word, Object value) {
    WORDS.put(word, value);
    WORDS.put(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1), value);
    WORDS.put(word.toUpperCase(Locale.ROOT), value);
  }

  /**
   * The value of a scalar without quotes.
   *
   * @return Long, BigInteger for a whole number beyond 64 bits, Double (also an infinite one), Boolean, null, or the
   * text itself
   */
  public static Object value(String scalar) {
    if (WORDS.containsKey(scalar)) {
      return WORDS.get(scalar);
    }
    if (scalar.charAt(0) == '.') {
      return decimal(BETWEEN_DIGITS.matcher(scalar).replaceAll(""), scalar);
    }
    if (DIGITS_AND_SIGNS.indexOf(scalar.charAt(0)) < 0) {
      return scalar;
    }
    String plain = scalar.replace("_", "");
    Matcher integer = INTEGER.matcher(plain);
    return integer.matches() ? integer(integer, plain, scalar) : decimal(plain, scalar);
  }

  private static Object integer(Matcher match, String plain, String scalar) {
    String sign = match.group("sign");
    if (match.group("decimal") != null) {
      Object number = decimal(plain, scalar);
      return number instanceof Double ? narrow(new BigInteger(plain)) : number;
    }
    String zero = match.group("zero");
    String digits = zero != null ? zero : first(match, "hex", "binary", "octal");
    int radix = match.group("hex") != null ? 16 : match.group("binary") != null ? 2 : 8;
    if (digits.length() <= MOST_DIGITS) {
      var number = new BigInteger("-".equals(sign) ? "-" + digits : digits, radix);
      if (number.bitLength() <= LONG_BITS || sign.isEmpty() && number.bitLength() == UNSIGNED_BITS) {
        return narrow(number);
      }
    }
    // kubectl reads a number too large for its notation as a decimal number, or as text if it is not one.
    return zero == null ? scalar : wide(decimal(plain, scalar), plain);
  }

  private static Object wide(Object number, String plain) {
    return number instanceof Double ? new BigInteger(plain) : number;
  }

  private static Object narrow(BigInteger number) {
    return number.bitLength() <= LONG_BITS ? (Object) number.longValue() : number;
  }

  private static String first(Matcher match, String... groups) {
    for (String group : groups) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    throw new IllegalStateException("no group has matched");
  }

  /** A number that no double holds is text, as in Go. */
  private static Object decimal(String plain, String scalar) {
    if (!FLOAT.matcher(plain).matches()) {
      return scalar;
    }
    double number = Double.parseDouble(plain);
    return Double.isInfinite(number) ? scalar : (Object) number;
  }
}
