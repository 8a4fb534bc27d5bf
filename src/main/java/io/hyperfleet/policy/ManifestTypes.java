package io.hyperfleet.policy;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.Duration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.runtime.RawExtension;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.policy.StructuredType.ListOf;
import io.hyperfleet.policy.StructuredType.MapOf;
import io.hyperfleet.policy.StructuredType.ObjectOf;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.util.function.SingletonSupplier;

/**
 * The fields of Kubernetes' kinds, read lazily from fabric8's classes. Thread-safe.
 */
final class ManifestTypes {

  private static final Map<Class<?>, FieldType> SCALARS = Map.ofEntries(
      Map.entry(String.class, ScalarType.TEXT), Map.entry(ZonedDateTime.class, ScalarType.TEXT),
      Map.entry(MicroTime.class, ScalarType.TEXT), Map.entry(Duration.class, ScalarType.TEXT),
      Map.entry(Integer.class, ScalarType.INTEGER), Map.entry(Long.class, ScalarType.LONG),
      Map.entry(Float.class, ScalarType.NUMBER), Map.entry(Double.class, ScalarType.NUMBER),
      Map.entry(Boolean.class, ScalarType.BOOLEAN), Map.entry(Quantity.class, ScalarType.QUANTITY),
      Map.entry(IntOrString.class, ScalarType.INT_OR_STRING), Map.entry(Object.class, StructuredType.ANYTHING),
      Map.entry(RawExtension.class, StructuredType.ANYTHING));

  private final ObjectMapper mapper = new ObjectMapper();
  private final KubernetesSerialization kinds = new KubernetesSerialization();
  private final Map<String, Optional<FieldType>> types = new ConcurrentHashMap<>();
  private final Map<JavaType, FieldType> fields = new ConcurrentHashMap<>();
  private final FieldType objects;

  /** @param objects the type of fields that hold objects of any kind */
  ManifestTypes(FieldType objects) {
    this.objects = objects;
  }

  /** The type of a kind; empty for those that fabric8 does not know. */
  Optional<FieldType> kind(String apiVersion, String kind) {
    return types.computeIfAbsent(apiVersion + " " + kind,
        key -> Optional.ofNullable(kinds.getRegisteredKubernetesResource(apiVersion, kind)).map(mapper::constructType)
            .filter(type -> !hasOwnReader(mapper.getDeserializationConfig().introspect(type))).map(this::of));
  }

  /** The type of every object's metadata. */
  FieldType metadata() {
    return of(mapper.constructType(ObjectMeta.class));
  }

  private FieldType of(JavaType type) {
    FieldType known = fields.get(type);
    if (known == null) {
      known = create(type);
      fields.put(type, known);
    }
    return known;
  }

  private FieldType create(JavaType type) {
    if (SCALARS.containsKey(type.getRawClass())) {
      return SCALARS.get(type.getRawClass());
    }
    if (type.isMapLikeType()) {
      return new MapOf(of(type.getContentType()));
    }
    if (type.isCollectionLikeType()) {
      return new ListOf(of(type.getContentType()));
    }
    if (type.hasRawClass(HasMetadata.class)) {
      return objects;
    }
    BeanDescription description = mapper.getDeserializationConfig().introspect(type);
    if (!type.isConcrete() || hasOwnReader(description)) {
      return StructuredType.ANYTHING;
    }
    // Some types contain themselves, so their fields are read on demand.
    var object = new ObjectOf(SingletonSupplier.of(() -> fields(description)));
    return type.hasRawClass(OwnerReference.class) ? new Complete(object, List.of("apiVersion", "kind")) : object;
  }

  /** fabric8's class sets its own values in some fields, which the manifest does not have. */
  private record Complete(FieldType object, List<String> keys) implements FieldType {
    @Override
    public void check(Object value, String path, List<ManifestProblem> found) {
      object.check(value, path, found);
      if (value instanceof Map<?, ?> map && map.keySet().stream().noneMatch(Unknown.class::isInstance)) {
        keys.stream().filter(key -> map.get(key) == null).forEach(key -> found.add(ManifestProblem.of(
            StructuredType.child(path, key),
            "missing; an owner is named by " + String.join(" and ", keys) + ", in addition to its name")));
      }
    }
  }

  /** Unions such as a schema or true and false. */
  private boolean hasOwnReader(BeanDescription description) {
    Object reader = mapper.getDeserializationConfig().getAnnotationIntrospector()
        .findDeserializer(description.getClassInfo());
    return reader != null && reader != JsonDeserializer.None.class;
  }

  private Map<String, FieldType> fields(BeanDescription description) {
    Map<String, FieldType> found = new HashMap<>();
    for (BeanPropertyDefinition property : description.findProperties()) {
      if (property.couldDeserialize()) {
        found.put(property.getName(), of(property.getPrimaryType()));
      }
    }
    return Map.copyOf(found);
  }
}
