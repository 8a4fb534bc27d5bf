package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extension.ExtensibleResource;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterProperties;
import io.hyperfleet.adapter.definition.ManifestTemplate;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.json.StatusConditions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/**
 * Deletes an adapter's objects: all of them in reverse order when the resource is deleted, and Jobs that are no longer
 * needed. Objects that are already deleted are fine.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class WorkloadDeletion {

  private static final int SHOWN = 5;
  private static final Set<String> ENDS = Set.of("Complete", "Failed");

  private final KubernetesClient kubernetes;
  private final Duration jobHistory;
  private final DeletionMeters meters;

  WorkloadDeletion(KubernetesClient kubernetes, AdapterProperties properties, MeterRegistry meters) {
    this.kubernetes = kubernetes;
    this.jobHistory = properties.jobHistory();
    this.meters = new DeletionMeters(meters);
  }

  /**
   * The progress of a deletion; routes see it as {@code deletion}.
   *
   * @param remaining number of remaining objects
   * @param message names them
   */
  public record Deletion(int remaining, String message) {}

  /**
   * Deletes this adapter's objects for the resource, of any generation. Objects of later manifests are deleted first,
   * and those of earlier ones wait until they are gone.
   */
  public Deletion delete(@Variable("fetched") Fetched fetched, @Variable("definition") AdapterDefinition definition) {
    var owner = fetched.owner();
    var order = new TreeMap<Integer, List<GenericKubernetesResource>>(Comparator.reverseOrder());
    for (var type : definition.types()) {
      for (var object : ExistingObjects.list(kubernetes, type, owner, definition.namespace())) {
        order.computeIfAbsent(position(object, definition), key -> new ArrayList<>()).add(object);
      }
    }
    var left = new ArrayList<GenericKubernetesResource>();
    for (var objects : order.values()) {
      if (left.isEmpty()) {
        objects.forEach(object -> delete(definition, object, definition.workload().propagation()));
        objects.stream().filter(this::isThere).forEach(left::add);
      } else {
        left.addAll(objects);
      }
    }
    return new Deletion(left.size(), left.isEmpty() ? "All resources are deleted" : describe(left));
  }

  /**
   * Deletes Jobs that are no longer needed once this generation's has succeeded: those of earlier generations that
   * finished long enough ago, or, with clean-up after success, all up to this one. Jobs of a later generation may be
   * running.
   */
  public void cleanUp(@Variable("fetched") Fetched fetched, @Variable("definition") AdapterDefinition definition) {
    var owner = fetched.owner();
    for (var type : definition.types()) {
      for (var object : ExistingObjects.list(kubernetes, type, owner, definition.namespace())) {
        if (definition.workload().cleanUpAfterSuccess()
            ? OwnerLabels.generation(object) <= owner.generation()
            : OwnerLabels.generation(object) < owner.generation()
                && endedBefore(object, Instant.now().minus(jobHistory))) {
          delete(definition, object, DeletionPropagation.BACKGROUND);
        }
      }
    }
  }

  /** Each object counts once, however often its deletion is requested while a finalizer delays it. */
  private void delete(AdapterDefinition definition, GenericKubernetesResource object, DeletionPropagation propagation) {
    Runnable request = () -> kubernetes.resource(object).withPropagationPolicy(propagation).delete();
    if (object.getMetadata().getDeletionTimestamp() == null) {
      ObjectLog.change("Deleted", object, () -> {
        meters.measure(definition.name(), object.getKind(), request);
        return null;
      });
    } else {
      request.run();
    }
  }

  /**
   * Deletes one object, unless it has changed since it was read.
   *
   * @throws KubernetesClientException 409 when it has
   */
  static void deleteUnchanged(KubernetesClient kubernetes, HasMetadata object) {
    // Without a policy Kubernetes would leave a Job's pods behind.
    ObjectLog.change("Deleted", object, () -> ((ExtensibleResource<?>) kubernetes.resource(object)
        .lockResourceVersion(object.getMetadata().getResourceVersion()))
        .withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
  }

  private static boolean endedBefore(GenericKubernetesResource job, Instant limit) {
    var conditions = job.get("status", "conditions");
    return ENDS.stream().map(type -> StatusConditions.find(conditions, type))
        .anyMatch(condition -> StatusConditions.isTrue(condition)
            && condition.get("lastTransitionTime") instanceof String time && Instant.parse(time).isBefore(limit));
  }

  private boolean isThere(GenericKubernetesResource object) {
    var found = kubernetes.resource(object).get();
    return found != null && found.getMetadata().getUid().equals(object.getMetadata().getUid());
  }

  /** The position of the object's manifest; that of the last one of its kind if unknown. */
  private static int position(GenericKubernetesResource object, AdapterDefinition definition) {
    var name = OwnerLabels.annotation(object, OwnerLabels.MANIFEST);
    int ofKind = 0;
    for (int i = 0; i < definition.manifests().size(); i++) {
      var manifest = definition.manifests().get(i);
      if (manifest.name().equals(name)) {
        return i;
      }
      if (manifest.type().equals(new ManifestTemplate.Type(object.getApiVersion(), object.getKind()))) {
        ofKind = i;
      }
    }
    return ofKind;
  }

  private static String describe(List<GenericKubernetesResource> left) {
    var names = left.stream().limit(SHOWN).map(object -> object.getKind() + " " + object.getMetadata().getName()
        + (object.getMetadata().getFinalizers().isEmpty()
            ? ""
            : " (held by " + String.join(", ", object.getMetadata().getFinalizers()) + ")"))
        .collect(Collectors.joining(", then "));
    return left.size() + (left.size() == 1 ? " resource is" : " resources are") + " still being deleted: " + names
        + (left.size() > SHOWN ? " and more" : "");
  }
}
