package io.hyperfleet.cel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A record as a map for CEL: its components and its public methods without parameters. Values are computed when an
 * expression reads them.
 */
final class RecordView extends AbstractMap<Object, Object> {

  private static final Set<String> OF_EVERY_OBJECT = Set.of("toString", "hashCode");

  private static final ClassValue<Map<String, Method>> FIELDS = new ClassValue<>() {
    @Override
    protected Map<String, Method> computeValue(Class<?> type) {
      return Arrays.stream(type.getDeclaredMethods())
          .filter(method -> method.getParameterCount() == 0 && Modifier.isPublic(method.getModifiers())
              && !Modifier.isStatic(method.getModifiers()) && !OF_EVERY_OBJECT.contains(method.getName()))
          .peek(method -> method.setAccessible(true))
          .collect(Collectors.toMap(Method::getName, method -> method, (one, other) -> one, LinkedHashMap::new));
    }
  };

  private final Record source;
  private final Map<String, Method> fields;

  RecordView(Record source) {
    this.source = source;
    this.fields = FIELDS.get(source.getClass());
  }

  @Override
  public Object get(Object key) {
    var field = fields.get(key);
    return field == null ? null : CelInput.of(value(field));
  }

  private Object value(Method field) {
    try {
      return field.invoke(source);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          source.getClass().getSimpleName() + "." + field.getName() + ": " + e.getCause().getMessage(),
          e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean containsKey(Object key) {
    return fields.containsKey(key);
  }

  @Override
  public int size() {
    return fields.size();
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    return fields.keySet().stream().map(name -> new SimpleImmutableEntry<Object, Object>(name, get(name)))
        .collect(Collectors.toSet());
  }
}
