package io.hyperfleet.resource;

import io.hyperfleet.kind.DeletePolicy;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.outbox.OutboxEntry;
import io.hyperfleet.outbox.OutboxWriter;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.status.AdapterStatuses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes resources. A deleted resource remains, finalizing, until every required adapter has reported Finalized and
 * its owned resources are gone; if there is nothing to wait for, it is removed at once. Each call is one transaction.
 */
@Service
@ConditionalOnRole(Role.API)
public class ResourceDeletion {

  private static final Logger LOG = LoggerFactory.getLogger(ResourceDeletion.class);

  private final Kinds kinds;
  private final ResourceStore store;
  private final ResourceOwnership ownership;
  private final ResourceReferences references;
  private final AdapterStatuses statuses;
  private final OutboxWriter outbox;
  private final StatusUpdater statusUpdater;

  ResourceDeletion(Kinds kinds, ResourceStore store, ResourceOwnership ownership, ResourceReferences references,
      AdapterStatuses statuses, OutboxWriter outbox, StatusUpdater statusUpdater) {
    this.kinds = kinds;
    this.store = store;
    this.ownership = ownership;
    this.references = references;
    this.statuses = statuses;
    this.outbox = outbox;
    this.statusUpdater = statusUpdater;
  }

  /**
   * Marks a resource for deletion, and its owned resources by the policy of their kinds. Repeated calls change nothing.
   *
   * @throws Problem {@code NOT_FOUND}; {@code STATE_CONFLICT} when it owns a restricted resource that is not being
   * deleted, or when another resource refers to it or to what goes with it
   */
  @Transactional
  public Resource delete(ResourceKey key, String caller) {
    var snapshot = ownership.lock(key).orElseThrow(key::notFound);
    var resource = snapshot.resource();
    var children = store.lockChildren(resource.id());
    if (!resource.finalizing()) {
      return deleteNow(key.kind(), snapshot, children, caller);
    }
    if (ResourceOwnership.finished(key.kind(), resource, snapshot.reportsByAdapter(), !children.isEmpty())) {
      ownership.remove(resource, snapshot.time());
    }
    return resource;
  }

  /**
   * Removes a finalizing resource with its owned resources from the database, without waiting. Objects of its adapters
   * remain.
   *
   * @param reason for the log
   * @throws Problem {@code NOT_FOUND}; {@code STATE_CONFLICT} when it was not asked to go before
   */
  @Transactional
  public void forceDelete(ResourceKey key, String reason, String caller) {
    var snapshot = ownership.lock(key).orElseThrow(key::notFound);
    var resource = snapshot.resource();
    if (!resource.finalizing()) {
      throw new Problem(ProblemCode.STATE_CONFLICT,
          key.kind().name() + " '" + key.id() + "' is not in Finalizing state: delete it first");
    }
    var children = store.lockChildren(resource.id()).stream().map(child -> child.resource().id()).toList();
    LOG.warn("force delete of {} {} with {} by {}: {}", key.kind().name(), key.id(), children, caller,
        reason.replaceAll("\\p{Cntrl}", " "));
    var all = new ArrayList<>(children);
    all.add(resource.id());
    references.removeInbound(all);
    children.forEach(store::delete);
    ownership.remove(resource, snapshot.time());
  }

  private Resource deleteNow(Kind kind, ResourceSnapshot snapshot, List<ResourceSnapshot> children, String caller) {
    var resource = snapshot.resource();
    var active = children.stream().filter(child -> !child.resource().finalizing()).toList();
    requireUnrestricted(resource, active);
    var ids = new ArrayList<UUID>();
    ids.add(resource.id());
    active.forEach(child -> ids.add(child.resource().id()));
    references.requireUnreferenced(kind, resource.id(), ids);

    var now = snapshot.time();
    var events = new ArrayList<OutboxEntry>();
    var gone = new ArrayList<UUID>();
    for (ResourceSnapshot child : active) {
      var childKind = kindOf(child);
      mark(childKind, child, false, now, caller, events);
      if (childKind.requiredAdapters().isEmpty() && !child.resource().paused()) {
        gone.add(child.resource().id());
      }
    }
    var waiting = children.size() > gone.size();
    var deleted = mark(kind, snapshot, waiting, now, caller, events);
    store.run(outbox.write(events));
    gone.forEach(store::delete);
    if (kind.requiredAdapters().isEmpty() && !waiting && !deleted.paused()) {
      ownership.remove(deleted, now);
    }
    return deleted;
  }

  private void requireUnrestricted(Resource resource, List<ResourceSnapshot> children) {
    children.stream().filter(child -> kindOf(child).onParentDelete() == DeletePolicy.RESTRICT).findFirst()
        .ifPresent(child -> {
          throw new Problem(ProblemCode.STATE_CONFLICT, resource.kind() + " '" + resource.id()
              + "' cannot be deleted: active " + child.resource().kind() + " '" + child.resource().name()
              + "' belongs to it");
        });
  }

  private Resource mark(Kind kind, ResourceSnapshot snapshot, boolean children, Instant now, String caller,
      List<OutboxEntry> events) {
    var before = snapshot.resource();
    var after = statusUpdater.afterWrite(kind, before.deleted(now, caller), snapshot.reportsByAdapter(), children, now);
    var writes = new ArrayList<>(store.updateContent(before, after));
    writes.add(store.updateStatus(after));
    writes.add(statuses.replaceConditions(after.id(), after.status().conditions()));
    if (!before.references().isEmpty()) {
      writes.add(references.replace(after.id(), after.references()));
    }
    store.run(writes);
    if (!after.paused()) {
      events.add(ResourceEvents.of(kind, after, ResourceEvents.DELETED, OutboxEntry.Source.WRITE));
    }
    return after;
  }

  private Kind kindOf(ResourceSnapshot snapshot) {
    return kinds.named(snapshot.resource().kind()).orElseThrow();
  }
}
