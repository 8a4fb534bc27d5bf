package io.hyperfleet.kind;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A condition derived from adapters' reports with CEL expressions. The variables are statuses, a list of the reports
 * whose conditions are all definite, and resource.
 *
 * @param type Name of the condition; required.
 * @param when Expression that decides whether the condition is present; always by default.
 * @param output Content of the condition; required.
 */
public record ConditionRule(String type, @DefaultValue("true") String when, Output output) {

  private static final Pattern TYPE = Pattern.compile("[A-Z][a-zA-Z0-9]{0,99}");
  private static final List<String> RESERVED = List.of("Reconciled", "LastKnownReconciled", "Validated", "Ready",
      "Paused");

  /**
   * Content of a condition, as expressions.
   *
   * @param status Expression that yields true or false; required.
   * @param reason Expression that yields text of up to 256 characters; none by default.
   * @param message Expression that yields text, truncated at 2,048 characters; none by default.
   */
  public record Output(String status, String reason, String message) {}

  void check(String key) {
    Kind.check(type != null && TYPE.matcher(type).matches(), key + ".type",
        "must be up to 100 letters and digits, starting with a capital letter");
    Kind.check(!RESERVED.contains(type) && !type.endsWith("Successful"), key + ".type",
        "must not be " + String.join(", ", RESERVED) + " or end with Successful");
    Kind.check(output != null && output.status() != null, key + ".output.status", "must be there");
  }
}
