package io.hyperfleet.policy;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.Duration;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A manifest of some of the fields that fabric8's class of a kind has, with values of their types; and ways to spoil
 * it.
 */
final class GeneratedManifest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Map<JavaType, Map<String, JavaType>> FIELDS = new HashMap<>();
  private static final Set<Class<?>> TEXTS = Set.of(String.class, ZonedDateTime.class, MicroTime.class, Duration.class);

  /** A place that can be spoilt: where it stands, under what key or index, and of what type it is. */
  private record Place(Object holder, Object key, String path, JavaType type) {}

  private final Random random;
  private final int depth;
  private final List<Place> places = new ArrayList<>();

  GeneratedManifest(Random random, int depth) {
    this.random = random;
    this.depth = depth;
  }

  Map<String, Object> of(Class<?> type) {
    return object(MAPPER.constructType(type), "", depth);
  }

  private Map<String, Object> object(JavaType type, String path, int left) {
    var object = new LinkedHashMap<String, Object>();
    new TreeMap<>(fields(type)).forEach((name, field) -> {
      boolean top = path.isEmpty() || name.equals("spec") || name.equals("template") || name.equals("containers");
      boolean owner = type.hasRawClass(OwnerReference.class) && List.of("apiVersion", "kind").contains(name);
      if (owner) {
        object.put(name, "a");
      } else if (top && !name.equals("status") || random.nextInt(4) == 0) {
        put(object, name, path.isEmpty() ? name : path + "." + name, field, left - 1);
      }
    });
    return object;
  }

  private void put(Map<String, Object> object, String key, String path, JavaType type, int left) {
    Object value = value(type, path, left);
    if (value != null) {
      object.put(key, value);
      places.add(new Place(object, key, path, type));
    }
  }

  private Object value(JavaType type, String path, int left) {
    Class<?> raw = type.getRawClass();
    if (TEXTS.contains(raw)) {
      return List.of("a", "yes", "012", "", "1", "12:30").get(random.nextInt(6));
    }
    if (raw == Quantity.class) {
      return List.of("500m", "1", "64Mi", "1.5", "1e3").get(random.nextInt(5));
    }
    if (raw == IntOrString.class) {
      return List.<Object>of(80, "http", "25%", "8080").get(random.nextInt(4));
    }
    if (raw == Boolean.class) {
      return random.nextBoolean();
    }
    if (raw == Integer.class || raw == Long.class) {
      return random.nextInt(1000);
    }
    if (Number.class.isAssignableFrom(raw)) {
      return 1.5;
    }
    if (left <= 0 || raw == Object.class) {
      return null;
    }
    if (type.isMapLikeType()) {
      var map = new LinkedHashMap<String, Object>();
      for (int i = 0; i < 1 + random.nextInt(2); i++) {
        put(map, "k" + i, path + ".k" + i, type.getContentType(), left - 1);
      }
      return map;
    }
    if (type.isCollectionLikeType()) {
      var list = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(2); i++) {
        Object item = value(type.getContentType(), path + "[" + i + "]", left - 1);
        if (item != null) {
          list.add(item);
          places.add(new Place(list, list.size() - 1, path + "[" + i + "]", type.getContentType()));
        }
      }
      return list;
    }
    return fields(type).isEmpty() ? null : object(type, path, left);
  }

  /** The fields of a class; none where it reads itself. */
  private static Map<String, JavaType> fields(JavaType type) {
    return FIELDS.computeIfAbsent(type, key -> {
      var fields = new HashMap<String, JavaType>();
      var config = MAPPER.getDeserializationConfig();
      var description = config.introspect(key);
      Object reader = config.getAnnotationIntrospector().findDeserializer(description.getClassInfo());
      if (key.isConcrete() && (reader == null || reader == JsonDeserializer.None.class)
          && !key.getRawClass().getSimpleName().equals("RawExtension")) {
        description.findProperties().stream().filter(BeanPropertyDefinition::couldDeserialize)
            .forEach(property -> fields.put(property.getName(), property.getPrimaryType()));
      }
      return fields;
    });
  }

  /** Changes one place so that it is wrong, and says which. */
  @SuppressWarnings("unchecked")
  String spoil(Map<String, Object> manifest) {
    List<Place> left = places.stream()
        .filter(place -> isIn(manifest, place.holder()) && !place.path().equals("apiVersion")
            && !place.path().equals("kind")
            && (place.holder() instanceof Map<?, ?> map ? map.containsKey(place.key()) : true))
        .toList();
    Place place = left.get(random.nextInt(left.size()));
    boolean field = place.holder() instanceof Map<?, ?> map && !place.key().toString().matches("k\\d");
    if (field && random.nextInt(3) == 0) {
      var holder = (Map<String, Object>) place.holder();
      var name = place.key() + "X";
      holder.put(name, holder.remove(place.key()));
      return place.path() + "X";
    }
    Object wrong = wrong(place.type());
    if (place.holder() instanceof Map<?, ?>) {
      ((Map<Object, Object>) place.holder()).put(place.key(), wrong);
    } else {
      ((List<Object>) place.holder()).set((Integer) place.key(), wrong);
    }
    return place.path();
  }

  private Object wrong(JavaType type) {
    Class<?> raw = type.getRawClass();
    List<Object> wrong = new ArrayList<>(
        List.of(1.5, Double.NaN, true, "no-such-thing ", "1", 7, Long.MAX_VALUE, Map.of("a", 1),
            List.of("a")));
    boolean structured = type.isMapLikeType() || type.isCollectionLikeType()
        || !fields(type).isEmpty() && raw != IntOrString.class
            && raw != Quantity.class && !TEXTS.contains(raw);
    wrong.removeIf(value -> value instanceof List
        ? structured && type.isCollectionLikeType()
        : value instanceof Map
            ? structured && !type.isCollectionLikeType()
            : !structured && fits(raw, value));
    return wrong.get(random.nextInt(wrong.size()));
  }

  private static boolean fits(Class<?> raw, Object value) {
    if (TEXTS.contains(raw)) {
      return value instanceof String;
    }
    boolean finite = !value.equals(Double.NaN);
    return raw == Quantity.class
        ? value.equals("1") || value instanceof Number && finite
        : raw == IntOrString.class
            ? value.equals(7) || value instanceof String
            : raw == Boolean.class
                ? value instanceof Boolean
                : raw == Integer.class
                    ? value.equals(7)
                    : raw == Long.class
                        ? value.equals(7) || value.equals(Long.MAX_VALUE)
                        : value instanceof Number && finite;
  }

  private static boolean isIn(Object value, Object wanted) {
    return value == wanted
        || value instanceof Map<?, ?> map && map.values().stream().anyMatch(item -> isIn(item, wanted))
        || value instanceof List<?> list && list.stream().anyMatch(item -> isIn(item, wanted));
  }
}
