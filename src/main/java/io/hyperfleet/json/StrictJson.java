package io.hyperfleet.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Reads the body of a request: one JSON object in UTF-8, of 100 levels at most, each key once, with storable text and
 * numbers within {@link NumberRange}. Errors have the path of the value.
 */
public final class StrictJson {

  static final int MAX_DEPTH = 100;

  /** Texts at the top that have a pattern. */
  private static final Set<String> NAMES = Set.of("name", "kind", "adapter");

  /** Fewer characters than this always fit 64 bits. */
  private static final int SURELY_LONG = 19;

  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  /** Without a table of names, which users' keys would fill; lengths are bounded by that of the body. */
  private static final JsonFactory FACTORY = JsonFactory.builder()
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNumberLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE).maxStringLength(Integer.MAX_VALUE)
          .build())
      .build();

  private final JsonParser parser;

  private StrictJson(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The object that a body is.
   *
   * @throws Problem {@code MALFORMED} at the first thing that is not so
   */
  public static ObjectNode object(byte[] body) {
    var text = decoded(body);
    try (var parser = FACTORY.createParser(text.array(), text.arrayOffset(), text.length())) {
      if (parser.nextToken() == null) {
        throw malformed("Request body is required but was empty");
      }
      var value = new StrictJson(parser).value(JsonLocation.BODY, 1);
      if (parser.nextToken() != null) {
        throw notJson(parser.currentTokenLocation().getLineNr(), parser.currentTokenLocation().getColumnNr());
      }
      if (value instanceof ObjectNode object) {
        return object;
      }
      throw malformed("Request body must be a JSON object");
    } catch (JsonProcessingException e) {
      throw notJson(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new IllegalStateException("a body that was read cannot be read", e);
    }
  }

  private static CharBuffer decoded(byte[] body) {
    var in = ByteBuffer.wrap(body);
    var text = CharBuffer.allocate(body.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError()) {
      throw malformed("Request body is not UTF-8: invalid byte at position " + (in.position() + 1));
    }
    text.flip();
    if (!text.isEmpty() && text.charAt(0) == '\ufeff') {
      throw malformed("Request body begins with a byte order mark; send JSON in UTF-8 without one");
    }
    return text;
  }

  private JsonNode value(JsonLocation location, int depth) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(location, depth);
      case START_ARRAY -> array(location, depth);
      case VALUE_STRING -> NODES.textNode(text(parser.getText(), "text", location));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(location);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object(JsonLocation location, int depth) throws IOException {
    checkDepth(location, depth);
    var object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      var at = location.at(key);
      text(key, "a key", at);
      if (object.has(key)) {
        throw refused(at, "a duplicate key", "each key may occur only once", "unique");
      }
      parser.nextToken();
      object.set(key, value(at, depth + 1));
    }
    return object;
  }

  private ArrayNode array(JsonLocation location, int depth) throws IOException {
    checkDepth(location, depth);
    var array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(location.at(array.size()), depth + 1));
    }
    return array;
  }

  private static void checkDepth(JsonLocation location, int depth) {
    if (depth > MAX_DEPTH) {
      var error = new FieldError(location.toString(), location + " is nested deeper than " + MAX_DEPTH + " levels",
          null, "max");
      throw new Problem(ProblemCode.MALFORMED, "Request body is nested deeper than " + MAX_DEPTH + " levels",
          List.of(error));
    }
  }

  private static String text(String text, String what, JsonLocation location) {
    var flaw = StorableText.flaw(text);
    if (flaw != null) {
      throw refused(blame(location), location, what + " with " + flaw,
          "this character cannot be stored", "format");
    }
    return text;
  }

  private JsonNode number(JsonLocation location) throws IOException {
    var text = parser.getText();
    boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    if (whole && text.length() < SURELY_LONG) {
      long number = Long.parseLong(text);
      return (int) number == number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }
    var number = NumberRange.read(text);
    if (number == null) {
      throw refused(location, "a number that is too long, too large or too small", NumberRange.RULE, "format");
    }
    if (!whole) {
      return NODES.numberNode(number);
    }
    var integer = number.toBigInteger();
    return integer.bitLength() < Long.SIZE ? NODES.numberNode(integer.longValue()) : NODES.numberNode(integer);
  }

  private static Problem notJson(int line, int column) {
    return malformed("Request body is not valid JSON, line " + line + " column " + column);
  }

  private static Problem malformed(String detail) {
    return new Problem(ProblemCode.MALFORMED, detail);
  }

  /** A name has a pattern of its own, so that a character which it may not have is a value's fault, not the body's. */
  private static ProblemCode blame(JsonLocation location) {
    var path = location.toString();
    return NAMES.contains(path) || path.startsWith("labels[") ? ProblemCode.VALIDATION : ProblemCode.MALFORMED;
  }

  private static Problem refused(JsonLocation location, String what, String rule, String constraint) {
    return refused(ProblemCode.MALFORMED, location, what, rule, constraint);
  }

  private static Problem refused(ProblemCode code, JsonLocation location, String what, String rule,
      String constraint) {
    return new Problem(code, "Request body has " + what + " at '" + location + "': " + rule,
        List.of(new FieldError(location.toString(), location + " has " + what + ": " + rule, null, constraint)));
  }
}
