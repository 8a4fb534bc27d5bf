package io.hyperfleet.cel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses JSON into plain values: one value of up to {@link CelLimits#resultCharacters} characters and
 * {@value #MAX_DEPTH} levels, without duplicate keys. A whole number that does not fit into 64 bits becomes a double,
 * as everywhere in expressions; one that fits neither is an error. Built values count towards the current evaluation.
 */
public final class JsonText {

  /** Levels of lists and maps. */
  static final int MAX_DEPTH = 64;

  /** Fewer characters than this always fit 64 bits. */
  private static final int SURELY_LONG = 19;
  private static final int CHARACTERS_A_STEP = 64;
  /** Overhead of a value in bytes. */
  private static final int VALUE = 40;

  /** Without a table of names, which untrusted data would fill; lengths are bounded by that of the text. */
  private static final JsonFactory FACTORY = JsonFactory.builder()
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
          .maxNumberLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE).maxStringLength(Integer.MAX_VALUE)
          .build())
      .build();

  /** Messages for Jackson's errors, which never contain the text; any other error is an unexpected character. */
  private static final Map<String, String> WORDS = Map.of(
      "Unrecognized token", "expected a value; put text in double quotes",
      "Illegal unquoted character", "unescaped control character in text; escape it, such as \\n",
      "Unrecognized character escape", "no such escape",
      "Invalid numeric value", "no number",
      "Unexpected character (''' ", "put text in double quotes");

  private final JsonParser parser;
  private final EvaluationBudget budget;

  private JsonText(JsonParser parser, EvaluationBudget budget) {
    this.parser = parser;
    this.budget = budget;
  }

  /**
   * The parsed value if the text is acceptable JSON, otherwise the text itself.
   *
   * @return Long, Double, Boolean, String, List, Map or null
   */
  public static Object valueOrText(String text) {
    try {
      return read(text, EvaluationBudget.current());
    } catch (NotJson | EvaluationBudget.Exhausted e) {
      return text;
    }
  }

  /**
   * The function {@code fromJson}.
   *
   * @throws CelInvalidArgumentException when the text is not JSON; the message has problem and position
   */
  static Object fromJson(String text) {
    try {
      return CelInput.of(read(text, EvaluationBudget.current()));
    } catch (NotJson e) {
      // For any other exception the interpreter's error contains the text, of any length.
      throw new CelInvalidArgumentException(new IllegalArgumentException("fromJson: " + e.getMessage()));
    }
  }

  private static Object read(String text, EvaluationBudget budget) throws NotJson {
    if (text.length() > budget.limits().resultCharacters()) {
      throw new EvaluationBudget.Exhausted(
          "reads JSON longer than " + budget.limits().resultCharacters() + " characters");
    }
    budget.steps(text.length() / CHARACTERS_A_STEP);
    try (var parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new NotJson("the text is empty");
      }
      var value = new JsonText(parser, budget).value();
      if (parser.nextToken() != null) {
        throw notJson(parser.currentTokenLocation(), "unexpected content after the value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new IllegalStateException("a text cannot be read", e);
    }
  }

  private Object value() throws IOException, NotJson {
    budget.step();
    return switch (parser.currentToken()) {
      case START_OBJECT -> map();
      case START_ARRAY -> list();
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT -> wholeNumber(parser.getText());
      case VALUE_NUMBER_FLOAT -> number(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private Map<String, Object> map() throws IOException, NotJson {
    budget.build(EvaluationBudget.entries(0));
    Map<String, Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = text(parser.currentName());
      if (map.containsKey(key)) {
        throw notJson(parser.currentTokenLocation(), "duplicate key");
      }
      budget.build(EvaluationBudget.entries(1) - EvaluationBudget.entries(0));
      parser.nextToken();
      map.put(key, value());
    }
    return map;
  }

  private List<Object> list() throws IOException, NotJson {
    budget.build(EvaluationBudget.list(0));
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      budget.elements(list.size() + 1L);
      budget.build(EvaluationBudget.list(1) - EvaluationBudget.list(0));
      list.add(value());
    }
    return list;
  }

  private String text(String text) {
    budget.build(VALUE + 2L * text.length());
    return text;
  }

  private Number wholeNumber(String text) throws NotJson {
    if (text.length() < SURELY_LONG) {
      return Long.valueOf(text);
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return number(text);
    }
  }

  private Double number(String text) throws NotJson {
    var number = Double.valueOf(text);
    if (number.isInfinite()) {
      var at = parser.currentTokenLocation();
      throw new NotJson("number out of range at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
    return number;
  }

  private static NotJson notJson(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return new NotJson("nested deeper than " + MAX_DEPTH + " levels");
    }
    if (e instanceof JsonEOFException) {
      return notJson(e.getLocation(), "unexpected end of text");
    }
    var message = e instanceof JsonParseException parse ? parse.getOriginalMessage() : "";
    return notJson(e.getLocation(), WORDS.entrySet().stream().filter(words -> message.startsWith(words.getKey()))
        .map(Map.Entry::getValue).findFirst().orElse("unexpected character"));
  }

  private static NotJson notJson(JsonLocation at, String reason) {
    return new NotJson("not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + reason);
  }

  /** Text that is not acceptable JSON. */
  private static final class NotJson extends Exception {

    private static final long serialVersionUID = 1;

    NotJson(String reason) {
      super(reason, null, false, false);
    }
  }
}
