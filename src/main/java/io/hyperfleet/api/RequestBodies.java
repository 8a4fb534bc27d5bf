package io.hyperfleet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.JsonLimits;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Reads request bodies: one JSON object of up to 1 MiB and 100 levels, whatever content type is said. */
@Component
@ConditionalOnRole(Role.API)
class RequestBodies {

  private static final int MAX_BYTES = 1024 * 1024;

  private final ObjectReader reader;

  RequestBodies(ObjectMapper json) {
    this.reader = json.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * The body of a request.
   *
   * @throws Problem {@code TOO_LARGE}, or {@code MALFORMED} when it is empty, null, not JSON or not an object
   */
  ObjectNode object(HttpServletRequest request) throws IOException {
    var body = parse(bytes(request));
    JsonLimits.check(body);
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw malformed("Request body must be a JSON object");
  }

  private static byte[] bytes(HttpServletRequest request) throws IOException {
    var bytes = request.getContentLengthLong() > MAX_BYTES ? new byte[0]
        : request.getInputStream().readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES || request.getContentLengthLong() > MAX_BYTES) {
      throw new Problem(ProblemCode.TOO_LARGE, "Request body must be at most " + MAX_BYTES + " bytes");
    }
    return bytes;
  }

  private JsonNode parse(byte[] bytes) throws IOException {
    try {
      var body = reader.readTree(bytes);
      if (body.isMissingNode()) {
        throw malformed("Request body is required but was empty");
      }
      return body;
    } catch (JsonProcessingException e) {
      var location = e.getLocation();
      throw malformed("Request body is not valid JSON"
          + (location == null ? "" : ", line " + location.getLineNr() + " column " + location.getColumnNr()));
    }
  }

  private static Problem malformed(String detail) {
    return new Problem(ProblemCode.MALFORMED, detail);
  }
}
