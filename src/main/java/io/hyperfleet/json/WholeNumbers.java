package io.hyperfleet.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/**
 * Reads arbitrary JSON into maps, lists and numbers: a whole number is a Long, as in expressions, or a BigInteger if it
 * does not fit, since a large number must not make an object unreadable.
 */
public final class WholeNumbers {

  /** Numbers of any length that can be stored: with all their zeros they are longer than Jackson takes by default. */
  public static final StreamReadConstraints LONG_NUMBERS = StreamReadConstraints.builder().maxNumberLength(10_000)
      .build();

  private WholeNumbers() {}

  /** A new mapper. */
  public static ObjectMapper mapper() {
    var mapper = JsonMapper.builder()
        .addModule(new SimpleModule("whole-numbers").addDeserializer(Number.class, new Untyped()))
        .build();
    mapper.getFactory().setStreamReadConstraints(LONG_NUMBERS);
    return mapper;
  }

  private static final class Untyped extends StdDeserializer<Number> {

    private static final long serialVersionUID = 1;

    Untyped() {
      super(Number.class);
    }

    @Override
    public Number deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
        return parser.getDoubleValue();
      }
      return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? parser.getBigIntegerValue()
          : (Number) parser.getLongValue();
    }
  }
}
