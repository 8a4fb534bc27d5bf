package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.definition.JobTtl;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.kubernetes.KubernetesErrors;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/**
 * Server-side apply of any manifest, which Camel's Kubernetes components lack. The field manager is {@code
 * hyperfleet-<adapter>}. Objects of another owner or of a later generation are never overwritten, and objects that
 * match their manifest are not changed.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class ResourceWorkload {

  private final KubernetesClient kubernetes;
  private final KubernetesSerialization mapper;

  public ResourceWorkload(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
    this.mapper = kubernetes.getKubernetesSerialization();
  }

  /** The known objects before anything is applied. */
  public KnownObjects begin(@Variable("fetched") Fetched fetched, @Variable("definition") AdapterDefinition definition,
      @Variable("manifests") List<RenderedManifest> manifests) {
    return new KnownObjects(new LinkedHashMap<>(), new ResourceLaunches(fetched),
        new ExistingObjects(kubernetes, fetched.owner(), manifests, definition.namespace()));
  }

  /** The current objects by the manifests' names, including those before a failed one. */
  public Map<String, Object> resources(@Variable("known") KnownObjects known) {
    return known.resources();
  }

  /**
   * Whether Jobs are to be replaced, because of a changed manifest or a requested retry. This is announced before a Job
   * is deleted.
   *
   * @throws UnusableManifestException when a manifest is not a Kubernetes object
   */
  public boolean replaces(@Variable("known") KnownObjects known,
      @Variable("manifests") List<RenderedManifest> manifests,
      @Variable("fetched") Fetched fetched, @Variable("definition") AdapterDefinition definition) {
    var owner = fetched.owner();
    var launches = known.launches();
    boolean replaced = false;
    for (var manifest : manifests) {
      if (JobTtl.isJob(manifest.object())
          && (launches.isRetryWanted() || definition.workload().recreated().contains(manifest.name()))) {
        var wanted = WantedObject.of(manifest, owner, definition, mapper);
        var existing = kubernetes.resource(wanted.object()).get();
        launches.lookedAt(wanted, existing);
        if (existing != null && OwnerLabels.generation(existing) <= owner.generation()
            && existing.getMetadata().getDeletionTimestamp() == null && OwnerLabels.owns(owner, asMap(existing))) {
          if (wanted.recreate() && ManifestChange.differs(asMap(existing), wanted.digest())
              && !launches.isAnnounced(wanted.object(), wanted.digest())) {
            launches.announce(wanted.object(), wanted.digest());
            replaced = true;
          } else if (launches.announceRetry(wanted.object(), wanted.digest(), asMap(existing))) {
            replaced = true;
          }
        }
      }
    }
    return replaced;
  }

  /**
   * Reads the object of one manifest.
   *
   * @param index of the manifest
   * @param before the state when this event read it before, or null
   * @throws UnusableManifestException when the manifest is not a Kubernetes object
   */
  public ObjectState look(@ExchangeProperty(Exchange.LOOP_INDEX) int index,
      @Variable("manifests") List<RenderedManifest> manifests,
      @Variable("known") KnownObjects known, @Variable("object") ObjectState before,
      @Variable("fetched") Fetched fetched,
      @Variable("definition") AdapterDefinition definition) {
    var owner = fetched.owner();
    var launches = known.launches();
    boolean again = before != null && before.index() == index;
    var wanted = again
        ? before.wanted()
        : launches.lookedAt(manifests.get(index).name())
            .orElseGet(() -> WantedObject.of(manifests.get(index), owner, definition, mapper));
    var existing = again
        ? kubernetes.resource(wanted.object()).get()
        : launches.found(wanted.name()).orElseGet(() -> known.existing().find(wanted.object()));
    int look = again ? before.look() + 1 : 1;
    if (existing == null) {
      boolean retries = launches.retries(wanted.object(), wanted.digest(), null);
      int attempt = launches.next(wanted.object());
      if (attempt > 1) {
        wanted.number(attempt);
      }
      return new ObjectState(wanted, null, index, look,
          !retries && launches.wasLaunched(wanted.object(), wanted.digest(), wanted.recreate()),
          false, false, false, false, false, false);
    }
    var found = asMap(existing);
    boolean retries = OwnerLabels.owns(owner, found) && launches.retries(wanted.object(), wanted.digest(), found);
    int attempt = retries
        ? launches.next(wanted.object())
        : OwnerLabels.generation(existing) == owner.generation() ? ResourceLaunches.attempt(found) : 1;
    if (attempt > 1 && ResourceLaunches.isJob(existing)) {
      wanted.number(attempt);
    }
    return new ObjectState(wanted, existing, index, look, false, OwnerLabels.owns(owner, found),
        OwnerLabels.generation(existing) > owner.generation(), existing.getMetadata().getDeletionTimestamp() != null,
        ManifestChange.isApplied(wanted.manifest(), found, manager(owner)),
        retries || wanted.recreate() && ManifestChange.differs(found, wanted.digest()),
        retries || !ResourceLaunches.isJob(existing) || launches.isAnnounced(wanted.object(), wanted.digest()));
  }

  /** A launched Job that is gone is not created again; its outcome, if seen, stands. */
  public void remember(@Variable("known") KnownObjects known, @Variable("object") ObjectState object) {
    known.launches().left(object.wanted().object(), object.wanted().manifest())
        .ifPresent(left -> note(known, object, left));
  }

  /**
   * The name is taken by an object of another owner.
   *
   * @throws UnusableManifestException always
   */
  public void refuseTaken(@Variable("object") ObjectState object) {
    var wanted = object.wanted().object();
    throw UnusableManifestException.taken(wanted.getKind() + " " + wanted.getMetadata().getName());
  }

  /** The object is not changed. */
  public void leave(@Variable("known") KnownObjects known, @Variable("object") ObjectState object) {
    note(known, object, asMap(object.existing()));
  }

  /**
   * Creates a missing object.
   *
   * @throws KubernetesClientException when Kubernetes rejects it or is unreachable; 409 when it exists by now
   */
  public void create(@Variable("known") KnownObjects known, @Variable("object") ObjectState object,
      @Variable("fetched") Fetched fetched) {
    note(known, object, asMap(create(object.wanted(), fetched.owner(), known.launches())));
  }

  /**
   * Deletes an object that was created from another manifest and recreates it, unless a finalizer delays the deletion.
   *
   * @throws KubernetesClientException when Kubernetes rejects it or is unreachable; 409 when the object has changed
   * since it was read
   */
  public void replace(@Variable("known") KnownObjects known, @Variable("object") ObjectState object,
      @Variable("fetched") Fetched fetched) {
    WorkloadDeletion.deleteUnchanged(kubernetes, object.existing());
    var left = kubernetes.resource(object.wanted().object()).get();
    note(known, object, asMap(left == null ? create(object.wanted(), fetched.owner(), known.launches()) : left));
  }

  /**
   * Applies to the version that was read only: a concurrent event may be applying a later generation.
   *
   * @throws KubernetesClientException when Kubernetes rejects it or is unreachable; 409 when the object has changed
   * since it was read
   */
  public void update(@Variable("known") KnownObjects known, @Variable("object") ObjectState object,
      @Variable("fetched") Fetched fetched) {
    object.wanted().object().getMetadata().setResourceVersion(object.existing().getMetadata().getResourceVersion());
    note(known, object, asMap(apply(object.wanted().object(), fetched.owner(), true)));
  }

  /** All manifests were applied. */
  public Applied applied(@Variable("known") KnownObjects known) {
    return Applied.all(known.launches().gone());
  }

  /** The policy forbids the rendered manifest. */
  public Applied forbidden(@Variable("violations") List<String> violations) {
    return Applied.forbidden(violations);
  }

  /** Kubernetes, or the check of a rendered manifest, rejected one. */
  public Applied refused(Exchange exchange) {
    return Applied.refused(KubernetesErrors.describeRefusal(exchange));
  }

  private GenericKubernetesResource create(WantedObject wanted, Owner owner, ResourceLaunches launches) {
    wanted.object().getMetadata().setResourceVersion(null);
    try {
      return apply(wanted.object(), owner, false);
    } catch (KubernetesClientException e) {
      if (e.getCode() / 100 == 4 || KubernetesErrors.isRefusal(e)) {
        launches.notCreated(wanted.object());
      }
      throw e;
    }
  }

  /** A permission is missing. */
  public Applied notAllowed() {
    return Applied.withoutPermission();
  }

  private static void note(KnownObjects known, ObjectState object, Map<String, Object> now) {
    var wanted = object.wanted();
    if (object.found() || !object.launched()) {
      known.launches().note(wanted.object(), wanted.digest(), wanted.recreate(), now);
    }
    known.resources().put(wanted.name(), now);
  }

  private GenericKubernetesResource apply(GenericKubernetesResource object, Owner owner, boolean force) {
    var patch = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY).withFieldManager(manager(owner))
        .withForce(force)
        .build();
    return ObjectLog.change("Applied", object, () -> kubernetes.resource(object).patch(patch));
  }

  private static String manager(Owner owner) {
    return "hyperfleet-" + owner.adapter();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> asMap(GenericKubernetesResource object) {
    return mapper.convertValue(object, Map.class);
  }
}
