package io.hyperfleet.resource;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.outbox.OutboxEntry;
import io.hyperfleet.outbox.OutboxWriter;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.AdapterStatuses;
import io.hyperfleet.tenancy.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Locking of resources and their owners: the owner is locked first, and checked again in the transaction that removes
 * an owned resource, since its own deletion may have waited for that.
 */
@Component
@ConditionalOnRole(Role.API)
class ResourceOwnership {

  private static final Logger LOG = LoggerFactory.getLogger(ResourceOwnership.class);

  private final Kinds kinds;
  private final ResourceStore store;
  private final AdapterStatuses statuses;
  private final OutboxWriter outbox;
  private final StatusUpdater statusUpdater;

  ResourceOwnership(Kinds kinds, ResourceStore store, AdapterStatuses statuses, OutboxWriter outbox,
      StatusUpdater statusUpdater) {
    this.kinds = kinds;
    this.store = store;
    this.statuses = statuses;
    this.outbox = outbox;
    this.statusUpdater = statusUpdater;
  }

  /** Locks a resource after its owner, if it has one: everything that may remove a resource does so. */
  Optional<ResourceSnapshot> lock(ResourceKey key) {
    if (key.kind().owned()) {
      store.locate(key).map(ResourceStore.Location::owner).ifPresent(owner -> store.lock(
          new ResourceKey(kinds.parentOf(key.kind()), owner.id(), null, Tenant.ANY)));
    }
    return store.lock(key);
  }

  /** Whether nothing holds a resource any more that was asked to go. */
  static boolean finished(Kind kind, Resource resource, Map<String, AdapterStatus> reports, boolean children) {
    return resource.finalizing() && !resource.paused() && !children && kind.requiredAdapters().stream()
        .allMatch(adapter -> reports.containsKey(adapter) && reports.get(adapter).finalizedAt(resource.generation()));
  }

  /** Removes a resource for good, and lets its owner know. Both are locked; it owns nothing. */
  void remove(Resource resource, Instant now) {
    store.delete(resource.id());
    LOG.info("{} {} is deleted", resource.kind(), resource.id());
    if (resource.owner() != null) {
      lookAtOwner(resource.owner(), now);
    }
  }

  private void lookAtOwner(ObjectReference reference, Instant now) {
    var kind = kinds.named(reference.kind()).orElseThrow();
    var snapshot = store.read(new ResourceKey(kind, reference.id(), null, Tenant.ANY), true).orElseThrow();
    var owner = snapshot.resource();
    var reports = snapshot.reportsByAdapter();
    var children = store.hasChildren(owner.id());
    if (finished(kind, owner, reports, children)) {
      remove(owner, now);
      return;
    }
    var after = statusUpdater.afterChild(kind, owner, reports, children, now);
    var writes = new ArrayList<>(List.of(store.updateStatus(after),
        statuses.replaceConditions(after.id(), after.status().conditions())));
    if (owner.finalizing() && !after.paused()) {
      writes.addAll(outbox.write(List.of(
          ResourceEvents.of(kind, after, ResourceEvents.CHILD_REMOVED, OutboxEntry.Source.WRITE))));
    }
    store.run(writes);
  }
}
