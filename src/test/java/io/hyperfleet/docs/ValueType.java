package io.hyperfleet.docs;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * What may stand behind a configuration key.
 *
 * @param words the type, and its limits, in words
 * @param item the record that the key, or each item of its list or map, is made of; null for none
 * @param step what stands between the key and those of an item
 * @param plural whether it holds several values
 */
record ValueType(String words, Class<?> item, String step, boolean plural) {

  /** The type that metadata names, such as {@code java.util.List<java.lang.String>}. */
  static ValueType of(String name) throws ClassNotFoundException {
    return of((Type) ClassUtils.forName(name.replaceFirst("<.*", ""), null));
  }

  static ValueType of(Parameter parameter) {
    var type = of(parameter.getParameterizedType());
    return new ValueType(type.words + limits(parameter), type.item, type.step, type.plural);
  }

  private static ValueType of(Type type) {
    if (type instanceof ParameterizedType several) {
      boolean map = several.getRawType().equals(Map.class);
      var inner = of(several.getActualTypeArguments()[map ? 1 : 0]);
      return new ValueType((map ? "map of " : "list of ") + (inner.item == null ? inner.words : "what follows"),
          inner.item,
          map ? ".<name>" : "[]", true);
    }
    var raw = (Class<?>) type;
    boolean several = Collection.class.isAssignableFrom(raw);
    return new ValueType(several ? "list of text" : word(ClassUtils.resolvePrimitiveIfNecessary(raw)),
        raw.isRecord() ? raw : null, "", several);
  }

  private static String word(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants()).map(constant -> "`" + dashed(constant.toString()) + "`")
          .collect(Collectors.joining(", "));
    }
    if (type.equals(Boolean.class)) {
      return "`true`, `false`";
    }
    if (type.isRecord()) {
      return "what follows";
    }
    return Map
        .of(Integer.class, "whole number", Long.class, "whole number", Double.class, "number", String.class, "text",
            Path.class, "path", Duration.class, "duration", DataSize.class, "size")
        .get(type);
  }

  /** The usual way to write a constant in configuration. */
  static String dashed(String constant) {
    return constant.toLowerCase().replace('_', '-');
  }

  private static String limits(Parameter parameter) {
    var words = new StringBuilder();
    if (parameter.isAnnotationPresent(Min.class)) {
      words.append(", at least ").append(parameter.getAnnotation(Min.class).value());
    }
    if (parameter.isAnnotationPresent(DecimalMin.class)) {
      words.append(", at least ").append(parameter.getAnnotation(DecimalMin.class).value());
    }
    if (parameter.isAnnotationPresent(Max.class)) {
      words.append(", at most ").append(parameter.getAnnotation(Max.class).value());
    }
    if (parameter.isAnnotationPresent(DecimalMax.class)) {
      words.append(", at most ").append(parameter.getAnnotation(DecimalMax.class).value());
    }
    return words.toString();
  }
}
