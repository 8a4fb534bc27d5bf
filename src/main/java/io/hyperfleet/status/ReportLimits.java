package io.hyperfleet.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Utf8;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Limits of reports: up to 100 conditions with bounded text per report, up to 100 adapters and 256 KiB of reports per
 * resource.
 */
public final class ReportLimits {

  /** Adapters that may report about a resource. */
  public static final int MOST_ADAPTERS = 100;
  /** Bytes of all reports about a resource. */
  public static final int MOST_BYTES = 256 * 1024;
  static final int MOST_CONDITIONS = 100;

  /** What Kubernetes allows for the type of a condition. */
  private static final Pattern TYPE = Pattern
      .compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
  private static final int LONGEST_REASON = 1024;
  private static final int LONGEST_MESSAGE = 32 * 1024;
  private static final int LONGEST_METADATA = 255;

  private ReportLimits() {}

  /** Records violations of the limits in one report. */
  static void check(List<ReportedCondition> conditions, ObjectNode metadata, List<FieldError> errors) {
    if (conditions.size() > MOST_CONDITIONS) {
      errors
          .add(new FieldError("conditions", "conditions must be at most " + MOST_CONDITIONS, conditions.size(), "max"));
      return;
    }
    for (int i = 0; i < conditions.size(); i++) {
      var path = "conditions[" + i + "].";
      var condition = conditions.get(i);
      if (condition.type() != null && !condition.type().isBlank() && !TYPE.matcher(condition.type()).matches()) {
        errors.add(
            new FieldError(path + "type", path + "type must be at most 63 letters, digits, '-', '_' and '.', start and "
                + "end with a letter or digit, and may follow a DNS name and '/'", null, "pattern"));
      }
      checkLength(path + "reason", condition.reason(), LONGEST_REASON, errors);
      checkLength(path + "message", condition.message(), LONGEST_MESSAGE, errors);
    }
    if (metadata != null) {
      metadata.properties().forEach(
          entry -> checkLength("metadata." + entry.getKey(), entry.getValue().textValue(), LONGEST_METADATA, errors));
    }
  }

  private static void checkLength(String field, String text, int most, List<FieldError> errors) {
    if (text != null && text.length() > most) {
      errors.add(new FieldError(field, field + " must be at most " + most + " characters", null, "max_length"));
    }
  }

  /**
   * Checks whether a resource has room for a report. A report no larger than the adapter's last is always accepted.
   *
   * @param reports last reports of all adapters, including this one
   * @throws Problem {@code VALIDATION} naming the limit
   */
  public static void check(AdapterStatus report, Map<String, AdapterStatus> reports) {
    var before = reports.get(report.adapter());
    if (before == null && reports.size() >= MOST_ADAPTERS) {
      throw Problem.invalid(new FieldError("adapter",
          "a resource keeps the reports of at most " + MOST_ADAPTERS + " adapters", report.adapter(), "max"));
    }
    int size = size(report);
    int growth = before == null ? size : size - size(before);
    if (growth > 0 && growth + reports.values().stream().mapToLong(ReportLimits::size).sum() > MOST_BYTES) {
      throw Problem.invalid(new FieldError("data", "the reports on a resource may have " + MOST_BYTES
          + " bytes in total; with this report they have about " + size, null, "max"));
    }
  }

  /** About the bytes of a report as JSON. */
  private static int size(AdapterStatus report) {
    int size = size(report.data()) + (report.metadata() == null ? 0 : size(report.metadata()))
        + (report.launched() == null ? 0 : size(report.launched()));
    for (ReportedCondition condition : report.conditions()) {
      size += length(condition.type()) + length(condition.reason()) + length(condition.message());
    }
    return size;
  }

  private static int size(JsonNode node) {
    if (!node.isContainerNode()) {
      return node.isTextual() ? length(node.textValue()) : node.asText().length();
    }
    int size = 2;
    for (var fields = node.fields(); fields.hasNext();) {
      var field = fields.next();
      size += length(field.getKey()) + size(field.getValue());
    }
    if (node.isArray()) {
      for (JsonNode item : node) {
        size += 1 + size(item);
      }
    }
    return size;
  }

  /** Bytes of a text, with its quotes. */
  private static int length(String text) {
    return text == null ? 0 : Utf8.encodedLength(text) + 2;
  }
}
