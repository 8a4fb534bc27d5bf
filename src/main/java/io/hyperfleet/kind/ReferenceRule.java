package io.hyperfleet.kind;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A named reference that resources of a kind may have.
 *
 * @param type Name of the reference, the key in a request's references; required.
 * @param targetKind Kind of the referenced resources; required.
 * @param min Minimum number of references.
 * @param max Maximum number of references.
 */
public record ReferenceRule(
    String type, String targetKind, @DefaultValue("0") int min, @DefaultValue("1") int max) {

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,99}");

  void check(String key) {
    Kind.check(type != null && TYPE.matcher(type).matches(), key + ".type",
        "must be a lower-case word of letters, digits and '_'");
    Kind.check(min >= 0 && max >= 1 && min <= max, key + ".min", "must be at least 0 and at most max");
  }
}
