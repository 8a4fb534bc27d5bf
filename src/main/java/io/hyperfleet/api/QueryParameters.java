package io.hyperfleet.api;

import io.hyperfleet.json.JsonLocation;
import io.hyperfleet.json.StorableText;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.Globals;

/**
 * Reads the query parameters of one request, with the earlier names pageSize and orderBy. Blank counts as absent. An
 * invalid page, size, flag or choice counts as absent and is recorded; {@link #throwIfWrong} names all of them.
 */
final class QueryParameters {

  static final int MAX_PAGE = 100_000;
  static final int MAX_SIZE = 100;
  private static final int DEFAULT_SIZE = 20;

  private final HttpServletRequest request;
  private final List<FieldError> wrong = new ArrayList<>();

  /**
   * Parses the query of a request.
   *
   * @throws Problem {@code BAD_REQUEST} when its query cannot be decoded, or has a text that cannot be stored
   */
  QueryParameters(HttpServletRequest request) {
    this.request = request;
    var all = request.getParameterMap();
    if (request.getAttribute(Globals.PARAMETER_PARSE_FAILED_ATTR) != null || !isUtf8(request.getQueryString())) {
      throw new Problem(ProblemCode.BAD_REQUEST, "the query cannot be decoded as UTF-8; write a literal % as %25");
    }
    all.forEach((name, values) -> {
      check(name, name);
      Arrays.stream(values).forEach(value -> check(name, value));
    });
  }

  /**
   * Tomcat replaces invalid bytes, so that the value would differ from what was sent.
   */
  private static boolean isUtf8(String query) {
    if (query == null || query.indexOf('%') < 0) {
      return true;
    }
    try {
      var bytes = URLDecoder.decode(query, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return false;
    }
  }

  private static void check(String name, String text) {
    var flaw = StorableText.flaw(text);
    if (flaw != null) {
      var field = JsonLocation.BODY.at(name).toString();
      throw new Problem(ProblemCode.BAD_REQUEST,
          "the parameter '" + field + "' has " + flaw + ", which is not allowed in text",
          List.of(FieldError.format(field, field + " has " + flaw + ", which is not allowed in text")));
    }
  }

  /** The first value that is not blank under any of the names, trimmed; else null. */
  String text(String... names) {
    return Arrays.stream(names)
        .map(request::getParameter)
        .filter(value -> value != null && !value.isBlank())
        .map(String::trim)
        .findFirst().orElse(null);
  }

  int page() {
    return integer("page", 1, MAX_PAGE, 1);
  }

  int size() {
    return size(MAX_SIZE, DEFAULT_SIZE);
  }

  int size(int max, int otherwise) {
    return integer(text("size") == null ? "pageSize" : "size", 1, max, otherwise);
  }

  /** A parameter that is true or false; null when it is not given. */
  Boolean flag(String name) {
    var value = text(name);
    if (value == null || value.equals("true") || value.equals("false")) {
      return value == null ? null : Boolean.valueOf(value);
    }
    note(name, value, "must be true or false", "enum");
    return null;
  }

  /** A parameter with a choice of values; null when it is not given. */
  String choice(String name, List<String> allowed) {
    var value = text(name);
    if (value == null || allowed.contains(value)) {
      return value;
    }
    note(name, value, "must be one of " + String.join(", ", allowed), "enum");
    return null;
  }

  private int integer(String name, int min, int max, int otherwise) {
    var text = text(name);
    if (text == null) {
      return otherwise;
    }
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      note(name, text, "must be a whole number", "format");
      return otherwise;
    }
    if (value < min) {
      note(name, text, "must be at least " + min, "min");
    } else if (value > max) {
      note(name, text, "must be at most " + max, "max");
    }
    return (int) Math.max(min, Math.min(max, value));
  }

  /**
   * Rejects the request if a parameter was invalid.
   *
   * @throws Problem {@code VALIDATION} that names every invalid parameter
   */
  void throwIfWrong() {
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
  }

  private void note(String name, String value, String rule, String constraint) {
    wrong.add(new FieldError(name, name + " " + rule, value, constraint));
  }
}
