package io.hyperfleet.hostile;

import java.nio.charset.StandardCharsets;

/**
 * A request as a user may send it.
 *
 * @param piece the piece of the grammar that it is made of
 * @param intent what has to become of it
 * @param field what a refusal has to name; empty where that is not known
 * @param headers lines of its head beside the usual ones
 */
record HostileRequest(String piece, Intent intent, String field, String method, String target, String headers,
    byte[] body) {

  /** What has to be answered; never is it 5xx, nor nothing. */
  enum Intent {
    /** 2xx. */
    TAKEN,
    /** 4xx, with words. */
    REFUSED,
    /** Either. */
    EITHER
  }

  static final String JSON = "Content-Type: application/json\r\n";

  static HostileRequest json(String piece, Intent intent, String field, String method, String target, String body) {
    return new HostileRequest(piece, intent, field, method, target, JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  String shown() {
    return method + " " + target + "\n" + headers.replace("\r", "") + "\n" + new String(body, StandardCharsets.UTF_8);
  }
}
