package io.hyperfleet.kubernetes;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The value that Kubernetes repeats when a field is invalid: {@code Invalid value: {"a":"b"}: field is immutable}. It
 * is JSON, a text in Go's quotes, or what Go prints of a structure.
 */
final class RefusedValue {

  /** Words of Kubernetes that a value follows. */
  private static final List<String> BEFORE = List.of("Invalid value", "Unsupported value", "Duplicate value",
      "Not found", "Too many", "Too long");

  private RefusedValue() {}

  /** The message of a field's error without the value: {@code field is immutable}, or {@code duplicate value}. */
  static String without(String message) {
    Optional<String> kind = BEFORE.stream().filter(word -> message.startsWith(word + ": ")).findFirst();
    if (kind.isEmpty()) {
      return message;
    }
    var rest = message.substring(kind.get().length() + 2);
    var detail = kind.get().equals("Too long") ? rest : rest.substring(end(rest));
    var what = kind.get().toLowerCase(Locale.ROOT);
    return detail.isBlank() ? what : kind.get().equals("Invalid value") ? detail : what + ": " + detail;
  }

  /** Where the detail begins: after the first colon outside of quotes and brackets. */
  private static int end(String text) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (quote != 0) {
        if (letter == '\\' && quote == '"') {
          i++;
        } else if (letter == quote) {
          quote = 0;
        }
      } else if (letter == '"' || letter == '`') {
        quote = letter;
      } else if (letter == '{' || letter == '[' || letter == '(') {
        depth++;
      } else if (letter == '}' || letter == ']' || letter == ')') {
        depth--;
      } else if (letter == ':' && depth <= 0 && text.startsWith(": ", i)) {
        return i + 2;
      }
    }
    return text.length();
  }
}
