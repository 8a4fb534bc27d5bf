package io.hyperfleet.cel;

import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;

/**
 * Presents plain Java values (as from Jackson) as CEL values without copying: integers of every size are longs,
 * fractions are doubles, null is CEL's null, records are maps. Values are converted when an expression reads them.
 */
final class CelInput {

  private CelInput() {}

  /**
   * The CEL view of a value.
   *
   * @throws IllegalArgumentException for a type that is not data; the message names the type
   */
  static Object of(Object value) {
    if (value == null) {
      return NullValue.NULL_VALUE;
    }
    if (value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Double
        || value instanceof MapView || value instanceof ListView || value instanceof RecordView) {
      return value;
    }
    if (value instanceof Record data) {
      return new RecordView(data);
    }
    if (value instanceof Map<?, ?> map) {
      return new MapView(map);
    }
    if (value instanceof List<?> list) {
      return new ListView(list);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof Instant || value instanceof Duration || value instanceof NullValue
        || value instanceof Optional) {
      return value;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " cannot be used as data in an "
        + "expression");
  }

  /** Whether {@link #of} accepts the value itself; values inside it are checked when they are read. */
  static boolean isData(Object value) {
    return value == null || value instanceof Map || value instanceof List || value instanceof String
        || value instanceof Number || value instanceof Boolean || value instanceof Instant
        || value instanceof OffsetDateTime || value instanceof Duration || value instanceof Enum
        || value instanceof Record;
  }

  private static Object number(Number number) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof BigInteger big) {
      return big.bitLength() < Long.SIZE ? (Object) big.longValue() : (Object) big.doubleValue();
    }
    if (number instanceof Float || number instanceof BigDecimal) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("a " + number.getClass().getSimpleName() + " cannot be used as a number in an "
        + "expression");
  }

  private static final class ListView extends AbstractList<Object> implements RandomAccess {
    private final List<?> source;

    ListView(List<?> source) {
      this.source = source;
    }

    @Override
    public Object get(int index) {
      return of(source.get(index));
    }

    @Override
    public int size() {
      return source.size();
    }
  }

  private static final class MapView extends AbstractMap<Object, Object> {
    private final Map<?, ?> source;

    MapView(Map<?, ?> source) {
      this.source = source;
    }

    @Override
    public Object get(Object key) {
      Object value = source.get(key);
      return value == null && !containsKey(key) ? null : of(value);
    }

    @Override
    public boolean containsKey(Object key) {
      return source.containsKey(key);
    }

    @Override
    public int size() {
      return source.size();
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Entry<Object, Object>> iterator() {
          Iterator<? extends Entry<?, ?>> entries = source.entrySet().iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return entries.hasNext();
            }

            @Override
            public Entry<Object, Object> next() {
              Entry<?, ?> entry = entries.next();
              return new SimpleImmutableEntry<>(of(entry.getKey()), of(entry.getValue()));
            }
          };
        }

        @Override
        public int size() {
          return source.size();
        }
      };
    }
  }
}
