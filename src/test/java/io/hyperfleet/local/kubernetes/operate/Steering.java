package io.hyperfleet.local.kubernetes.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.local.kubernetes.resource.Json;
import java.time.Duration;
import java.util.Locale;

/** How annotations {@code local.hyperfleet.io/*} on an object steer what the simulator does with it. */
record Steering(String fail, String failAs, String stuck, String result, Duration duration) {

  private static final String PREFIX = "local.hyperfleet.io/";

  /** Read from the object or, where that says nothing, from its pod template; {@code usual} is the default duration. */
  public static Steering of(JsonNode object, Duration usual) {
    var duration = annotation(object, "duration");
    return new Steering(annotation(object, "fail"), annotation(object, "fail-as"), annotation(object, "stuck"),
        annotation(object, "result"), duration.isEmpty() ? usual : parse(duration, usual));
  }

  boolean fails() {
    return !fail.isEmpty() || !failAs.isEmpty();
  }

  boolean isStuck() {
    return !stuck.isEmpty();
  }

  private static String annotation(JsonNode object, String name) {
    var own = Json.text(object, "metadata", "annotations", PREFIX + name);
    return own.isEmpty() ? Json.text(object, "spec", "template", "metadata", "annotations", PREFIX + name) : own;
  }

  /** {@code 300ms}, {@code 5s}, {@code 1m30s}; a text that is none of these changes nothing. */
  private static Duration parse(String text, Duration usual) {
    var value = text.trim().toLowerCase(Locale.ROOT);
    if (value.matches("\\d{1,9}ms")) {
      return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
    }
    return value.matches("(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?") && !value.isEmpty()
        ? Duration.parse("PT" + value)
        : usual;
  }
}
