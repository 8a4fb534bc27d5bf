package io.hyperfleet.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.StrictJson;
import io.hyperfleet.problem.Problem;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Validates the times of a token as written, since the library takes the lower 64 bits of a number, so that a time far
 * in the future could count as past. The claims must be JSON as of RFC 8259, and each time a whole number of seconds in
 * the years 1970 to 9999.
 */
final class TokenTimesValidator implements OAuth2TokenValidator<Jwt> {

  private static final List<String> CLAIMS = List.of("exp", "nbf", "iat");
  private static final OAuth2TokenValidatorResult FAILURE = OAuth2TokenValidatorResult
      .failure(new OAuth2Error("invalid_time"));

  /** The last second of the year 9999. */
  private static final long LAST = 253_402_300_799L;

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    return claims(token.getTokenValue()).filter(TokenTimesValidator::hasTimes).isPresent()
        ? OAuth2TokenValidatorResult.success()
        : FAILURE;
  }

  private static boolean hasTimes(ObjectNode claims) {
    return CLAIMS.stream().map(claims::get).allMatch(time -> time == null || isTime(time));
  }

  private static Optional<ObjectNode> claims(String token) {
    try {
      return Optional.of(StrictJson.object(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1])));
    } catch (Problem | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isTime(JsonNode time) {
    return time.isIntegralNumber() && time.canConvertToLong() && time.longValue() >= 0 && time.longValue() <= LAST;
  }
}
