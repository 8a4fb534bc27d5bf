package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Rules for labels. A key is a name of 1 to 63 characters, with an optional DNS name and a slash before it, 255
 * characters in all; a value is empty or like a name. A resource has at most 256 labels.
 */
final class LabelRules {

  static final int MOST = 256;
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_PREFIX = 253;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?");
  private static final Pattern PREFIX = Pattern.compile(
      "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");

  private LabelRules() {}

  /** Reads a map of text to text; anything else in it is noted as a wrong type. Null when there are no labels. */
  static Map<String, String> read(JsonFields fields) {
    ObjectNode object = fields.object("labels");
    if (object == null) {
      return null;
    }
    var labels = new TreeMap<String, String>();
    object.properties().forEach(entry -> {
      if (entry.getValue().isTextual()) {
        labels.put(entry.getKey(), entry.getValue().textValue());
      } else {
        fields.note("labels[" + entry.getKey() + "]", "a string");
      }
    });
    return labels;
  }

  /**
   * Checks every label, unless there are too many.
   *
   * @throws Problem {@code VALIDATION} with every violation
   */
  static void check(Map<String, String> labels) {
    var errors = new ArrayList<FieldError>();
    if (labels.size() > MOST) {
      errors.add(new FieldError("labels", "labels must be at most " + MOST, null, "max"));
    } else {
      labels.forEach((key, value) -> check(key, value, errors));
    }
    if (!errors.isEmpty()) {
      throw new Problem(ProblemCode.VALIDATION, "label validation failed", errors);
    }
  }

  private static void check(String key, String value, List<FieldError> errors) {
    var field = key.isEmpty() ? "labels" : "labels[" + key + "]";
    if (!validKey(key)) {
      errors.add(new FieldError(field, "label key must be a name of 1 to 63 letters, digits, '-', '_' or '.', "
          + "starting and ending with a letter or digit, optionally after a DNS name and '/'", key, "pattern"));
    }
    if (!value.isEmpty() && !NAME.matcher(value).matches()) {
      errors.add(new FieldError(field, "label value must be empty or at most 63 letters, digits, '-', '_' or '.', and "
          + "start and end with a letter or digit", value, "pattern"));
    }
  }

  private static boolean validKey(String key) {
    if (key.length() > LONGEST_KEY) {
      return false;
    }
    int slash = key.indexOf('/');
    if (slash < 0) {
      return NAME.matcher(key).matches();
    }
    return slash <= LONGEST_PREFIX && PREFIX.matcher(key.substring(0, slash)).matches()
        && NAME.matcher(key.substring(slash + 1)).matches();
  }
}
