package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of the fields of built-in kinds, as fabric8's models have them. */
public final class Models {

  private static final Map<String, Class<?>> MODELS = Stream.of(Namespace.class, Pod.class, Event.class,
      ServiceAccount.class, ConfigMap.class, Secret.class, Service.class, Job.class, CronJob.class, Deployment.class,
      Lease.class, ResourceQuota.class,
      LimitRange.class, Role.class, RoleBinding.class, ClusterRole.class, ClusterRoleBinding.class)
      .collect(Collectors.toMap(Class::getSimpleName, model -> model));
  static final JavaType METADATA = Serialization.jsonMapper().constructType(ObjectMeta.class);
  private static final Map<JavaType, Map<String, JavaType>> PROPERTIES = new ConcurrentHashMap<>();

  /** What the server writes itself, and what holds anything. */
  private static final Set<String> OPEN = Set.of("FieldsV1", "RawExtension", "AnyType", "IntOrString", "Quantity",
      "MicroTime");

  private Models() {
  }

  /** The type of a built-in kind; a custom resource has none. */
  public static Optional<JavaType> of(ResourceType type) {
    return Optional.ofNullable(type.custom() ? null : MODELS.get(type.kind()))
        .map(Serialization.jsonMapper()::constructType);
  }

  public static Map<String, JavaType> fields(JavaType type) {
    return PROPERTIES.computeIfAbsent(type, Models::properties);
  }

  // Quantities, times and the like bring their own deserializer and accept several shapes.
  public static boolean isModel(JavaType type) {
    var raw = type.getRawClass();
    var reader = raw.getAnnotation(JsonDeserialize.class);
    return raw.getName().startsWith("io.fabric8.") && !OPEN.contains(raw.getSimpleName()) && !raw.isInterface()
        && (reader == null || reader.using() == JsonDeserializer.None.class);
  }

  private static Map<String, JavaType> properties(JavaType type) {
    var mapper = Serialization.jsonMapper();
    var result = new HashMap<String, JavaType>();
    mapper.getDeserializationConfig().introspect(type).findProperties()
        .forEach(property -> result.put(property.getName(), property.getPrimaryType()));
    return result;
  }
}
