package io.hyperfleet.yaml;

import java.math.BigDecimal;
import java.util.function.Predicate;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Writes text and numbers that YAML 1.1 and 1.2 readers parse alike. Characters that are line breaks in only one
 * version are escaped, and exponents get a point and a sign for older readers.
 */
final class PortableValues extends Representer {

  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;
  private static final int LINE = 0x2028;
  private static final int PARAGRAPH = 0x2029;
  private static final int BYTE_ORDER = 0xfeff;
  private static final int LAST_OF_PLANE = 0xfffe;
  /** Exponents between which a number is written without one. */
  private static final int SMALLEST = -6;
  private static final int LARGEST = 16;

  private final Predicate<String> plain;

  /** @param plain texts that may stand without quotes, where they are texts for every reader */
  PortableValues(DumperOptions options, Predicate<String> plain) {
    super(options);
    this.plain = plain;
    representers.put(String.class, this::text);
    representers.put(Double.class, this::number);
    representers.put(Float.class, this::number);
    representers.put(BigDecimal.class, this::number);
  }

  private Node text(Object data) {
    var text = (String) data;
    if (text.indexOf('\n') >= 0) {
      boolean block = isBlock(text) && !PortableEscapes.isAmbiguous(text);
      return representScalar(Tag.STR, text, block ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED);
    }
    boolean bare = plain.test(text) && !PortableEscapes.isAmbiguous(text)
        && text.codePoints().allMatch(PortableValues::standsAlone);
    return representScalar(Tag.STR, text, bare ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
  }

  /** Readers do not agree about indentation and line ends where a block begins or ends with them. */
  private static boolean isBlock(String text) {
    char first = text.charAt(0);
    return first != ' ' && first != '\n' && !text.endsWith("\n\n")
        && text.lines().noneMatch(line -> line.endsWith(" ") || line.endsWith("\t"))
        && text.codePoints().allMatch(character -> character == '\n' || standsAlone(character));
  }

  /** Others are escaped: readers refuse them, or take them for the end of a line. */
  private static boolean standsAlone(int character) {
    return character >= ' ' && character < DELETE || character > LAST_CONTROL && character != LINE
        && character != PARAGRAPH && character != BYTE_ORDER && character < LAST_OF_PLANE
        || Character.isSupplementaryCodePoint(character);
  }

  private Node number(Object data) {
    return representScalar(Tag.FLOAT, number((Number) data), ScalarStyle.PLAIN);
  }

  static String number(Number number) {
    double value = number.doubleValue();
    if (Double.isNaN(value)) {
      return ".nan";
    }
    if (Double.isInfinite(value) && !(number instanceof BigDecimal)) {
      return value > 0 ? ".inf" : "-.inf";
    }
    if (value == 0 && 1 / value < 0) {
      return "-0.0";
    }
    var exact = new BigDecimal(number.toString());
    int exponent = exact.signum() == 0 ? 0 : exact.precision() - exact.scale() - 1;
    if (exponent >= SMALLEST && exponent < LARGEST) {
      var digits = exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
      return digits.contains(".") ? digits : digits + ".0";
    }
    var digits = exact.unscaledValue().abs().toString().replaceFirst("0+$", "");
    return (exact.signum() < 0 ? "-" : "") + digits.charAt(0) + "." + (digits.length() > 1 ? digits.substring(1) : "0")
        + "e"
        + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }
}
