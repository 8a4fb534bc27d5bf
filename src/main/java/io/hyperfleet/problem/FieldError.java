package io.hyperfleet.problem;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One finding about one field or parameter of a request.
 *
 * @param field path of the field, such as {@code labels[region]}
 * @param value what was sent, or null where that is absent or not worth repeating
 * @param constraint one of required, min, max, min_length, max_length, pattern, enum, format, unique; null where none
 * fits
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldError(String field, String message, Object value, String constraint) {

  public static FieldError required(String field) {
    return new FieldError(field, field + " is required", null, "required");
  }

  public static FieldError format(String field, String message) {
    return new FieldError(field, message, null, "format");
  }
}
