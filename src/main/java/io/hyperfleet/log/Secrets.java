package io.hyperfleet.log;

import java.util.regex.Pattern;

/**
 * Removes likely secrets from text: a last line of defence, since nothing should log secrets.
 */
final class Secrets {

  private static final String MASK = "***";

  private static final Pattern VALUE = Pattern.compile("(?i)(authorization|cookie|x-auth-token|x-hyperfleet-identity"
      + "|x-api-key|password|passwd|secret|api_?key|access_?token|refresh_?token|bearer_?token)"
      + "(\"?\\s*[=:]\\s*\"?)(?:(?:bearer|basic)\\s+)?[^\\s\",;&}]+");
  private static final Pattern CREDENTIALS = Pattern.compile("(?i)\\b(bearer|basic)\\s+[a-z0-9._~+/=-]{8,}");
  private static final Pattern TOKEN = Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");
  private static final Pattern USER_INFO = Pattern.compile("://[^/\\s:@]+:[^/\\s@]+@");

  private Secrets() {}

  static String masked(String text) {
    var masked = VALUE.matcher(text).replaceAll("$1$2" + MASK);
    masked = CREDENTIALS.matcher(masked).replaceAll("$1 " + MASK);
    masked = TOKEN.matcher(masked).replaceAll(MASK);
    return USER_INFO.matcher(masked).replaceAll("://" + MASK + "@");
  }
}
