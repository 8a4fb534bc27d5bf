package io.hyperfleet.search;

import java.time.ZoneOffset;

/** The type of a field, which decides the values it can be compared with. */
enum ValueType {
  TEXT("text") {
    @Override
    Object convert(Literal value) {
      return value.isNull() ? null : value.text();
    }
  },
  NUMBER("a number without quotes") {
    @Override
    Object convert(Literal value) {
      return value.number();
    }
  },
  GENERATION("a whole number of 32 bits without quotes") {
    @Override
    Object convert(Literal value) {
      try {
        return value.number() == null ? null : value.number().intValueExact();
      } catch (ArithmeticException e) {
        return null;
      }
    }
  },
  TIME("a time such as 2026-01-31T00:00:00Z, or a date") {
    @Override
    Object convert(Literal value) {
      var instant = value.instant();
      return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
  },
  ID("the id of a resource") {
    @Override
    Object convert(Literal value) {
      return value.type() == Literal.Type.TEXT ? io.hyperfleet.id.UuidV7.parse(value.text()) : null;
    }
  };

  private final String words;

  ValueType(String words) {
    this.words = words;
  }

  /** The value to bind, or null if it is not of this type. */
  abstract Object convert(Literal value);

  /**
   * The value to bind.
   *
   * @throws io.hyperfleet.problem.Problem {@code BAD_REQUEST} when it is none of this type
   */
  Object require(Expression.Field field, Literal value) {
    var converted = convert(value);
    if (converted == null) {
      throw InvalidSearch.at(value.position(), field.name() + " must be compared with " + words);
    }
    return converted;
  }
}
