package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JavaType;
import io.fabric8.kubernetes.api.model.Quantity;
import io.hyperfleet.local.kubernetes.resource.ApiError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Quantities in the spelling of the real server: {@code 0.1} is {@code 100m}, {@code 0.5Gi} is {@code 512Mi}, 1000 is
 * {@code 1k}.
 */
public final class Quantities {

  private static final Pattern TEXT = Pattern.compile("([+-]?[0-9.]+)([a-zA-Z]*|[eE][+-]?\\d+)");
  public static final String FORM = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final int NANO = 9;

  private Quantities() {
  }

  public static boolean isQuantity(JavaType type) {
    return type.hasRawClass(Quantity.class);
  }

  public static boolean isQuantity(String text) {
    return TEXT.matcher(text).matches();
  }

  /** The server's spelling; a text that is no quantity is refused. */
  static String canonical(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw ApiError.badRequest(FORM);
    }
    var suffix = matcher.group(2);
    BigDecimal amount;
    try {
      amount = Quantity.getAmountInBytes(new Quantity(text)).setScale(NANO, RoundingMode.UP);
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest("unable to parse quantity's suffix");
    }
    if (amount.signum() == 0) {
      return "0";
    }
    boolean whole = amount.stripTrailingZeros().scale() <= 0;
    if (suffix.endsWith("i") && whole && amount.abs().compareTo(KIBI) >= 0) {
      return binary(amount);
    }
    boolean exponent = suffix.matches("[eE][+-]?\\d+");
    return decimal(amount, exponent);
  }

  private static String binary(BigDecimal amount) {
    var rest = amount;
    int power = 0;
    while (power < BINARY.size() - 1 && rest.remainder(KIBI).signum() == 0) {
      rest = rest.divide(KIBI);
      power++;
    }
    return rest.toBigInteger() + BINARY.get(power);
  }

  private static String decimal(BigDecimal amount, boolean exponent) {
    var plain = amount.stripTrailingZeros();
    int power = Math.min(18, Math.max(-NANO, Math.floorDiv(-plain.scale(), 3) * 3));
    var digits = plain.movePointLeft(power).toBigIntegerExact().toString();
    return exponent ? power == 0 ? digits : digits + "e" + power : digits + DECIMAL.get(power / 3 + 3);
  }
}
