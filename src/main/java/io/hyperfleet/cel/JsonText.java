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
 * Reads a text as JSON into plain values: one value of up to {@link CelLimits#resultCharacters} characters and
 * {@value #MAX_DEPTH} levels, each key once. A whole number that does not fit 64 bits is a double, as everywhere in
 * expressions; one that fits neither is refused. What is built counts to the evaluation that runs in this thread.
 */
public final class JsonText {

  /** Levels of lists and maps. */
  static final int MAX_DEPTH = 64;

  /** Fewer characters than this always fit 64 bits. */
  private static final int SURELY_LONG = 19;
  private static final int CHARACTERS_A_STEP = 64;
  /** Bytes of a value beside what it holds. */
  private static final int VALUE = 40;

  /** Without a table of names, which data would fill; lengths are bounded by that of the text. */
  private static final JsonFactory FACTORY = JsonFactory.builder()
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
          .maxNumberLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE).maxStringLength(Integer.MAX_VALUE)
          .build())
      .build();

  /** What Jackson says, and the words for it, which never hold the text; others are an unexpected character. */
  private static final Map<String, String> WORDS = Map.of(
      "Unrecognized token", "no value begins here; texts stand in double quotes",
      "Illegal unquoted character", "a control character inside of a text; write it as an escape, such as \\n",
      "Unrecognized character escape", "no such escape",
      "Invalid numeric value", "no number",
      "Unexpected character (''' ", "texts stand in double quotes");

  private final JsonParser parser;
  private final EvaluationBudget budget;

  private JsonText(JsonParser parser, EvaluationBudget budget) {
    this.parser = parser;
    this.budget = budget;
  }

  /**
   * The value of a text that is JSON, the text itself where it is none that expressions take.
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
   * @throws CelInvalidArgumentException when the text is no JSON; the message says what is wrong, and where
   */
  static Object fromJson(String text) {
    try {
      return CelInput.of(read(text, EvaluationBudget.current()));
    } catch (NotJson e) {
      // Of any other exception the interpreter's own error holds the text, however long it is.
      throw new CelInvalidArgumentException(new IllegalArgumentException("fromJson: " + e.getMessage()));
    }
  }

  private static Object read(String text, EvaluationBudget budget) throws NotJson {
    if (text.length() > budget.limits().resultCharacters()) {
      throw new EvaluationBudget.Exhausted(
          "reads a JSON text of more than " + budget.limits().resultCharacters() + " characters");
    }
    budget.steps(text.length() / CHARACTERS_A_STEP);
    try (var parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new NotJson("the text is empty");
      }
      var value = new JsonText(parser, budget).value();
      if (parser.nextToken() != null) {
        throw notJson(parser.currentTokenLocation(), "something follows after the value");
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
        throw notJson(parser.currentTokenLocation(), "the same key twice");
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
      throw new NotJson("a number is too large at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
    return number;
  }

  private static NotJson notJson(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return new NotJson("nested deeper than " + MAX_DEPTH + " levels");
    }
    if (e instanceof JsonEOFException) {
      return notJson(e.getLocation(), "the text ends too early");
    }
    var message = e instanceof JsonParseException parse ? parse.getOriginalMessage() : "";
    return notJson(e.getLocation(), WORDS.entrySet().stream().filter(words -> message.startsWith(words.getKey()))
        .map(Map.Entry::getValue).findFirst().orElse("unexpected character"));
  }

  private static NotJson notJson(JsonLocation at, String reason) {
    return new NotJson("not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + reason);
  }

  /** A text that is no JSON, or none that is taken. */
  private static final class NotJson extends Exception {

    private static final long serialVersionUID = 1;

    NotJson(String reason) {
      super(reason, null, false, false);
    }
  }
}
