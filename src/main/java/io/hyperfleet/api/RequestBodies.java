package io.hyperfleet.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.StrictJson;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads request bodies: one JSON object of up to 1 MiB, regardless of the content type. */
@Component
@ConditionalOnRole(Role.API)
class RequestBodies {

  private static final Logger LOG = LoggerFactory.getLogger(RequestBodies.class);
  private static final int MAX_BYTES = 1024 * 1024;

  /**
   * The body of a request.
   *
   * @throws Problem {@code TOO_LARGE}, {@code MALFORMED} when it is not as {@link StrictJson} wants it, or {@code
   *     BAD_REQUEST} when it did not arrive
   */
  ObjectNode object(HttpServletRequest request) {
    return StrictJson.object(bytes(request));
  }

  /**
   * The body of a request, if it has one.
   *
   * @throws Problem as of {@link #object}
   */
  Optional<ObjectNode> optional(HttpServletRequest request) {
    var bytes = bytes(request);
    return bytes.length == 0 ? Optional.empty() : Optional.of(StrictJson.object(bytes));
  }

  /**
   * A body as sent, with its parsed content.
   *
   * @param text the sent text
   * @param object the same, read
   */
  record Verbatim(String text, ObjectNode object) {}

  /**
   * The body of a request as it was sent.
   *
   * @throws Problem as of {@link #object}
   */
  Verbatim verbatim(HttpServletRequest request) {
    var bytes = bytes(request);
    var object = StrictJson.object(bytes);
    return new Verbatim(new String(bytes, StandardCharsets.UTF_8), object);
  }

  private static byte[] bytes(HttpServletRequest request) {
    try {
      var bytes = request.getContentLengthLong() > MAX_BYTES
          ? new byte[0]
          : request.getInputStream().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES || request.getContentLengthLong() > MAX_BYTES) {
        throw new Problem(ProblemCode.TOO_LARGE, "Request body must be at most " + MAX_BYTES + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      LOG.debug("cannot read a request body: {}", e.toString());
      throw new Problem(ProblemCode.BAD_REQUEST,
          "The request body could not be read: it ended early or violates HTTP");
    }
  }
}
