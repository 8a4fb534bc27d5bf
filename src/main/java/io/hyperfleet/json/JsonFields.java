package io.hyperfleet.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads fields of a JSON object by name, with alternative spellings. Absent fields and {@code null} are null. A value
 * of a wrong type is null and recorded; {@link #throwIfWrong} reports all of them at once.
 */
public final class JsonFields {

  private final ObjectNode body;
  private final String prefix;
  private final List<FieldError> wrong;

  public JsonFields(ObjectNode body) {
    this(body, "", new ArrayList<>());
  }

  private JsonFields(ObjectNode body, String prefix, List<FieldError> wrong) {
    this.body = body;
    this.prefix = prefix;
    this.wrong = wrong;
  }

  /** Reads a part of the body; its findings are reported with those of the whole. */
  public JsonFields within(ObjectNode part, String path) {
    return new JsonFields(part, path + ".", wrong);
  }

  public boolean has(String... names) {
    return find(names) != null;
  }

  public String string(String... names) {
    var value = typed(names, JsonNode::isTextual, "a string");
    return value == null ? null : value.textValue();
  }

  public Boolean flag(String... names) {
    var value = typed(names, JsonNode::isBoolean, "true or false");
    return value == null ? null : value.booleanValue();
  }

  public ObjectNode object(String... names) {
    return (ObjectNode) typed(names, JsonNode::isObject, "an object");
  }

  public JsonNode array(String... names) {
    return typed(names, JsonNode::isArray, "an array");
  }

  /** A whole number of 32 bits; {@code 1.0} is one. */
  public Integer integer(String... names) {
    var value = typed(names, node -> node.isNumber() && isInt32(node), "a 32-bit integer");
    return value == null ? null : value.intValue();
  }

  /** A point in time (RFC 3339, so of the years 1 to 9999), cut to the database's microseconds. */
  public Instant time(String... names) {
    var value = typed(names, JsonNode::isTextual, "an RFC 3339 time");
    if (value == null) {
      return null;
    }
    try {
      return Rfc3339.parse(value.textValue()).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      note(names[0], "an RFC 3339 time");
      return null;
    }
  }

  /** Notes that a field should have been something else. */
  public void note(String name, String expected) {
    var field = prefix + name;
    wrong.add(FieldError.format(field, "field '" + field + "' must be " + expected));
  }

  /** Reports every wrong type found so far. */
  public void throwIfWrong() {
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
  }

  private JsonNode typed(String[] names, Predicate<JsonNode> type, String expected) {
    var value = find(names);
    if (value != null && !type.test(value)) {
      note(names[0], expected);
      return null;
    }
    return value;
  }

  private JsonNode find(String[] names) {
    for (String name : names) {
      var value = body.get(name);
      if (value != null && !value.isNull()) {
        return value;
      }
    }
    return null;
  }

  private static boolean isInt32(JsonNode node) {
    try {
      node.decimalValue().intValueExact();
      return true;
    } catch (ArithmeticException e) {
      return false;
    }
  }
}
