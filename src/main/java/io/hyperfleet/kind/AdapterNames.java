package io.hyperfleet.kind;

import java.util.regex.Pattern;

/** Names of adapters, as used in reports, conditions and metrics. */
public final class AdapterNames {

  /** What a name is, for messages. */
  public static final String ALLOWED = "up to 63 lower-case letters, digits and hyphens, not starting or ending with "
      + "a hyphen";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private AdapterNames() {}

  /** Whether an adapter may be called so. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
