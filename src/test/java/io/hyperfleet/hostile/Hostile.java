package io.hyperfleet.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The choices of one run: how many inputs, from which seed, of which pieces. {@code hostile.cases} is the number of
 * inputs that are put together at random, for each family; {@code hostile.seed} where they start from;
 * {@code hostile.pieces} an expression that the names of pieces match, to try one alone.
 */
final class Hostile {

  static final long SEED = Long.getLong("hostile.seed", 13);
  static final int CASES = Integer.getInteger("hostile.cases", 25);
  private static final Pattern PIECES = Pattern.compile(System.getProperty("hostile.pieces", ""));

  /** Numbers as JSON writes them that no field of 64 bits holds, or that cost much to write out. */
  static final List<String> NUMBERS = List.of("9223372036854775808", "-9223372036854775809", "18446744073709551615",
      "1e20", "1E+20", "-0.0",
      "9e307", "1e-300", "123456789012345678901234567890", "0.1000000000000000055511151231257827", "9007199254740993");
  /** Numbers that nobody can use. */
  static final List<String> IMPOSSIBLE_NUMBERS = List.of("1e400", "1E2147483648", "1e-2147483649", "1E999999999",
      "-1E2147483647",
      "9".repeat(5_000), "1e99999999999999999999");

  private final Random random;
  private final List<String> canaries;

  Hostile(long seed, String canaryAddress) {
    this.random = new Random(seed);
    this.canaries = List.of("#class:" + Canaries.CLASS, "#class:" + Canaries.CLASS + "('x')", "#bean:" + Canaries.BEAN,
        "#valueAs(" + Canaries.CLASS + "):x", "#type:" + Canaries.CLASS, "#autowired",
        "{{bean:" + Canaries.BEAN + ".touch}}",
        "{{bean:" + Canaries.BEAN + "}}", "{{" + Canaries.PROPERTY + "}}", "{{sys:" + Canaries.PROPERTY + "}}",
        "{{env:PATH}}",
        "${bean:" + Canaries.BEAN + ".touch}", "${bean:" + Canaries.BEAN + "?method=touch}",
        "$simple{bean:" + Canaries.BEAN + ".touch}",
        "${sys." + Canaries.PROPERTY + "}", "${env.PATH}", "${properties:" + Canaries.PROPERTY + "}",
        "#{" + Canaries.BEAN + ".touch()}",
        "#{T(" + Canaries.CLASS + ")}", "${" + Canaries.PROPERTY + "}", "${new:" + Canaries.CLASS + "}",
        "!!" + Canaries.CLASS + " {}",
        "!!" + Canaries.CLASS + " x", "x?serializer=#class:" + Canaries.CLASS,
        "x1%3Fserializer%3D%23class%3A" + Canaries.CLASS,
        "x?synchronousPull=true&ackMode=NONE", "http://" + canaryAddress + "/", "//" + canaryAddress + "/x",
        "x@" + canaryAddress,
        "..//" + canaryAddress, "x?bridgeEndpoint=false&httpUri=http://" + canaryAddress,
        "%0d%0aHost: " + canaryAddress);
  }

  /** Whether the pieces of that name are tried in this run. */
  /** One of every piece that is tried, and as many more as wanted. */
  <P, T> List<T> mix(Map<String, P> pieces, Function<P, T> made, int more) {
    var names = pieces.keySet().stream().filter(Hostile::tries).toList();
    var all = new ArrayList<T>();
    for (int i = 0; i < names.size() + more && !names.isEmpty(); i++) {
      all.add(made.apply(pieces.get(i < names.size() ? names.get(i) : one(names))));
    }
    return all;
  }

  static boolean tries(String piece) {
    return PIECES.matcher(piece).find();
  }

  Random random() {
    return random;
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A text that means something to somebody. */
  String text() {
    return switch (random.nextInt(4)) {
      case 0 -> one(canaries);
      case 1 -> one(HostileTexts.pieces());
      case 2 -> one(canaries) + one(HostileTexts.pieces());
      default -> HostileTexts.mixed(random.nextLong(), 1).findFirst().orElseThrow();
    };
  }

  /** Such a text without what YAML and JSON cannot write. */
  String printable() {
    return text().codePoints()
        .filter(c -> c >= ' ' && c != 0x7f && (c < 0x80 || c > 0x9f) && Character.getType(c) != Character.SURROGATE
            && c != 0xfeff && c != 0x2028 && c != 0x2029)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
  }

  /** Between double quotes, for JSON and YAML alike. */
  static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.chars().forEach(c -> {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append((char) c);
      } else if (c < ' ' || c > '~') {
        quoted.append("\\u%04x".formatted(c));
      } else {
        quoted.append((char) c);
      }
    });
    return quoted.append('"').toString();
  }
}
