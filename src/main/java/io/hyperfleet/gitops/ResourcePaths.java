package io.hyperfleet.gitops;

import io.hyperfleet.id.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an object's file lies: {@code <base folder>/[group/]version/resource/[namespace/]name.yaml}. What some file
 * systems do not take in a name, or do not tell apart (capitals), is written as {@code %XX}, which no Kubernetes name
 * holds; a name that is too long for a file is cut and ends with {@code %-} and a hash, which no other name is written
 * as.
 */
public final class ResourcePaths {

  private static final String SUFFIX = ".yaml";
  private static final int LONGEST_FILE_NAME = 255;
  private static final int HASH_BYTES = 8;
  private static final String CUT = "%-";
  private static final Pattern VERSION = Pattern.compile("v\\d+((alpha|beta)\\d+)?");
  /** Names of devices on Windows, with any extension. */
  private static final Pattern DEVICE = Pattern
      .compile("(?is)(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\\$|conout\\$|clock\\$)(\\..*)?");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-F]{2})");
  private static final String UNSAFE = "<>:\"|?*\\%";

  private ResourcePaths() {}

  /** The path of an object's file in the repository. */
  public static String path(String baseFolder, ResourceIdentifier id) {
    return (baseFolder.isEmpty() ? "" : baseFolder + "/")
        + (id.group().isEmpty() ? "" : segment(id.group()) + "/") + segment(id.version()) + "/" + segment(id.resource())
        + "/"
        + (id.namespace().isEmpty() ? "" : segment(id.namespace()) + "/") + fileName(id.name());
  }

  private static String fileName(String name) {
    var encoded = segment(name);
    if (encoded.length() + SUFFIX.length() <= LONGEST_FILE_NAME) {
      return encoded + SUFFIX;
    }
    var end = CUT + Sha256.hex(name, HASH_BYTES) + SUFFIX;
    return encoded.substring(0, LONGEST_FILE_NAME - end.length()) + end;
  }

  /** A name as a folder or file can have it everywhere. */
  private static String segment(String name) {
    return DEVICE.matcher(name).matches() ? "%" + hex((byte) name.charAt(0)) + encode(name.substring(1)) : encode(name);
  }

  private static String decode(String segment) {
    return ESCAPE.matcher(segment)
        .replaceAll(found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  private static String encode(String name) {
    var encoded = new StringBuilder();
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char character = (char) (bytes[i] & 0xff);
      boolean last = i == bytes.length - 1;
      if (character <= ' ' && (character < ' ' || last) || character >= 0x7f || UNSAFE.indexOf(character) >= 0
          || character >= 'A' && character <= 'Z' || last && character == '.') {
        encoded.append('%').append(hex(bytes[i]));
      } else {
        encoded.append(character);
      }
    }
    return encoded.toString();
  }

  private static String hex(byte value) {
    return HexFormat.of().withUpperCase().toHexDigits(value);
  }

  /**
   * Which type and namespace a path of this form speaks of. The name is in the file: a path may have cut it.
   *
   * @param path below the base folder
   */
  public static Optional<Location> parse(String path) {
    if (!path.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    var parts = path.split("/", -1);
    int first = VERSION.matcher(parts[0]).matches() ? 0 : 1;
    int afterType = first + 2;
    if (parts.length < afterType + 1 || parts.length > afterType + 2 || !VERSION.matcher(parts[first]).matches()) {
      return Optional.empty();
    }
    var type = new ResourceType(first == 0 ? "" : decode(parts[0]), parts[first], decode(parts[first + 1]));
    return Optional.of(new Location(type, parts.length == afterType + 2 ? decode(parts[afterType]) : ""));
  }

  /**
   * The object that a path stands for.
   *
   * @param namespace empty when the path has none
   */
  public record Location(ResourceType type, String namespace) {}
}
