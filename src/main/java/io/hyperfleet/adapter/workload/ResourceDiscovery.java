package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.DiscoveredObject;
import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.adapter.definition.Reads;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.adapter.event.Assessed;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the objects of others that an adapter discovers. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class ResourceDiscovery {

  private static final int NOT_FOUND = 404;

  private final KubernetesClient kubernetes;
  private final KubernetesSerialization mapper;

  public ResourceDiscovery(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
    this.mapper = kubernetes.getKubernetesSerialization();
  }

  /**
   * The discovered objects by their names in the definition.
   *
   * @param resources those that exist
   * @param failed errors in expressions for their names
   */
  public record Discovered(Map<String, Object> resources, List<String> failed) {}

  /**
   * Reads the objects of others.
   *
   * @param own the adapter's objects
   * @throws UnusableManifestException when a name or label is invalid
   */
  public Discovered read(AdapterDefinition definition, Assessed assessed, Map<String, Object> own) {
    if (definition.discover().isEmpty()) {
      return new Discovered(own, List.of());
    }
    var facts = assessed.facts(own);
    var seen = new LinkedHashMap<>(own);
    List<String> failed = new ArrayList<>();
    for (var wanted : definition.discover()) {
      try {
        find(wanted, definition.namespace(), facts).ifPresent(found -> seen.put(wanted.name(), asMap(wanted, found)));
      } catch (CelEvaluationException e) {
        // The value for its name does not exist yet, so neither does the object.
        if (!ExpressionErrors.isAwaited(e)) {
          failed.add(ExpressionErrors.describe("discover " + wanted.name(), e));
        }
      } catch (IllegalArgumentException e) {
        throw UnusableManifestException.invalid("discover " + wanted.name() + ": " + e.getMessage());
      }
    }
    return new Discovered(seen, failed);
  }

  private Optional<GenericKubernetesResource> find(DiscoveredObject wanted, String namespace,
      Map<String, ?> variables) {
    var objects = kubernetes.genericKubernetesResources(wanted.apiVersion(), wanted.kind()).inNamespace(namespace);
    try {
      var name = wanted.objectName(variables);
      return name.isPresent()
          ? Optional.ofNullable(objects.withName(name.get()).get())
          : objects.withLabels(wanted.labels(variables)).list().getItems().stream().max(
              Comparator.<GenericKubernetesResource>comparingLong(OwnerLabels::generation)
                  .thenComparing(object -> object.getMetadata().getName(), Comparator.reverseOrder()));
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> asMap(DiscoveredObject wanted, GenericKubernetesResource object) {
    object.setApiVersion(wanted.apiVersion());
    object.setKind(wanted.kind());
    return mapper.convertValue(object, Map.class);
  }
}
