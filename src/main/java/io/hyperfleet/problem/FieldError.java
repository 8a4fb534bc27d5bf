package io.hyperfleet.problem;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An error of a field or parameter of a request.
 *
 * @param field path of the field, such as {@code labels[region]}
 * @param value the sent value, or null if absent or omitted
 * @param constraint one of required, min, max, min_length, max_length, pattern, enum, format, unique; null if none
 * applies
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
