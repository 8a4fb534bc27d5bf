package io.hyperfleet.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.StrictJson;
import io.hyperfleet.problem.Problem;
import java.util.Base64;
import java.util.List;

/**
 * Looks at the times of a token as they were written: the library that reads them takes the lower 64 bits of a number, so that
 * one far in the future could pass for one long ago.
 */
final class TokenTimes {

  private static final List<String> CLAIMS = List.of("exp", "nbf", "iat");

  /** The last second of the year 9999. */
  private static final long LAST = 253_402_300_799L;

  private TokenTimes() {}

  /**
   * Checks the claims of a token whose signature is good.
   *
   * @throws TokenFailure when the claims are no JSON of RFC 8259, or a time is no whole number of seconds of the years 1970 to 9999
   */
  static void check(String token) {
    var claims = claims(token);
    for (String claim : CLAIMS) {
      var time = claims.get(claim);
      if (time != null && !isTime(time)) {
        throw TokenFailure.invalid();
      }
    }
  }

  private static ObjectNode claims(String token) {
    try {
      return StrictJson.object(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    } catch (Problem | IllegalArgumentException e) {
      throw TokenFailure.invalid();
    }
  }

  private static boolean isTime(JsonNode time) {
    return time.isIntegralNumber() && time.canConvertToLong() && time.longValue() >= 0 && time.longValue() <= LAST;
  }
}
