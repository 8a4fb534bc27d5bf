package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.history.ResourceHistory;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.outbox.OutboxEntry;
import io.hyperfleet.outbox.OutboxWriter;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.schedule.Schedule;
import io.hyperfleet.schema.SpecSchemas;
import io.hyperfleet.sql.BoundStatement;
import io.hyperfleet.status.AdapterStatuses;
import io.hyperfleet.status.Progress;
import io.hyperfleet.tenancy.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Creates and changes resources: each call is one transaction for the resource, its conditions, its schedule and its
 * event. Methods return after the commit; failures roll back everything.
 */
@Service
@ConditionalOnRole(Role.API)
public class ResourceLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ResourceLifecycle.class);

  private final Kinds kinds;
  private final ResourceStore store;
  private final ResourceOwnership ownership;
  private final ResourceReferences references;
  private final AdapterStatuses statuses;
  private final OutboxWriter outbox;
  private final StatusUpdater statusUpdater;
  private final ResourceHistory history;
  private final SpecSchemas schemas;

  ResourceLifecycle(Kinds kinds, ResourceStore store, ResourceOwnership ownership, ResourceReferences references,
      AdapterStatuses statuses, OutboxWriter outbox, StatusUpdater statusUpdater, ResourceHistory history,
      SpecSchemas schemas) {
    this.kinds = kinds;
    this.store = store;
    this.ownership = ownership;
    this.references = references;
    this.statuses = statuses;
    this.outbox = outbox;
    this.statusUpdater = statusUpdater;
    this.history = history;
    this.schemas = schemas;
  }

  /**
   * Creates a resource at generation 1.
   *
   * @param owner id of the resource that it belongs to; null for a root kind
   * @param tenant whose it is, unless it belongs to another resource, whose tenant it shares; among root resources of
   * one tenant names are unique
   * @throws Problem {@code VALIDATION} or {@code MALFORMED} for the body, {@code NOT_FOUND} for the owner, {@code
   *     STATE_CONFLICT} when the owner or what it refers to is being deleted, {@code CONFLICT} when the name is taken
   */
  @Transactional
  public Resource create(Kind kind, UUID owner, ObjectNode body, Tenant tenant, String caller) {
    var wanted = NewResource.parse(kind, body, schemas);
    var parent = kind.owned() ? openOwner(new ResourceKey(kinds.parentOf(kind), owner, null, tenant)) : null;
    var targets = references.resolve(kind, wanted.references(), tenant);
    var now = store.clock();
    var id = UuidV7.next();
    var tracking = new Tracking(0, Schedule.Position.NEVER, new Progress.Window(null, 0));
    var draft = new Resource(id, kind.name(), wanted.name(),
        kind.href(id.toString(), parent == null ? null : parent.href()),
        parent == null ? null : new ObjectReference(parent.id(), parent.kind(), parent.href()), wanted.spec(),
        parent == null ? tenant.dimensions() : parent.tenancy(), wanted.labels(), targets, 1, null, tracking,
        Audit.created(now, caller));
    var resource = statusUpdater.afterWrite(kind, draft, Map.of(), false, now);
    var writes = new ArrayList<>(List.of(store.insert(resource),
        statuses.replaceConditions(id, resource.status().conditions())));
    if (!targets.isEmpty()) {
      writes.add(references.replace(id, targets));
    }
    writes.addAll(outbox.write(List.of(
        ResourceEvents.of(kind, resource, ResourceEvents.CREATED, OutboxEntry.Source.WRITE))));
    try {
      store.run(writes);
    } catch (DuplicateKeyException e) {
      throw new Problem(ProblemCode.CONFLICT, "This " + kind.name() + " already exists");
    }
    return resource;
  }

  /**
   * Replaces the spec, the labels, the references, or several of them, and pauses the resource or lets it go on. The
   * generation moves on if spec or labels mean something else than before, and whenever references are given. While it
   * is paused there are no events about it; the one that tells of all that has changed comes when it goes on.
   *
   * @throws Problem {@code NOT_FOUND}; {@code STATE_CONFLICT} when it is being deleted, whatever the body holds besides
   * the pause, or what it is to refer to is; {@code MALFORMED}, {@code VALIDATION} or {@code BAD_REQUEST} for the body
   */
  @Transactional
  public Resource patch(ResourceKey key, ObjectNode body, String caller) {
    var kind = key.kind();
    var pauseOnly = ResourcePatch.isPauseOnly(body);
    // A resumed resource may be removed by that; then its owner is locked first.
    var locked = pauseOnly ? ownership.lock(key) : store.lock(key);
    var snapshot = locked.orElseThrow(key::notFound);
    var before = snapshot.resource();
    if (!pauseOnly) {
      requireOpen(before);
    }
    var patch = ResourcePatch.parse(kind, body, schemas);
    var changes = patch.changes(before);
    var pauses = patch.paused() != null && patch.paused() != before.paused();
    if (!changes && !pauses) {
      return before;
    }
    var changed = changes
        ? before.changed(
            patch.spec() == null ? before.spec() : patch.spec(),
            patch.labels() == null ? before.labels() : patch.labels(),
            patch.references() == null
                ? before.references()
                : references.resolve(kind, patch.references(), key.tenant()),
            snapshot.time(), caller)
        : before;
    if (pauses) {
      changed = before.paused() ? changed.paused(null, null) : changed.paused(snapshot.time(), caller);
    }
    return write(kind, before, changed, patch, snapshot, caller);
  }

  private Resource write(Kind kind, Resource before, Resource changed, ResourcePatch patch, ResourceSnapshot snapshot,
      String caller) {
    var children = changed.finalizing() && store.hasChildren(changed.id());
    var reports = snapshot.reportsByAdapter();
    if (ResourceOwnership.finished(kind, changed, reports, children)) {
      LOG.info("{} {} resumed, requested by {}", kind.name(), changed.id(), caller);
      ownership.remove(changed, snapshot.time());
      return changed;
    }
    var after = statusUpdater.afterWrite(kind, changed, reports, children, snapshot.time());
    var writes = new ArrayList<BoundStatement>();
    if (after.generation() != before.generation()) {
      writes.addAll(store.updateContent(before, after));
    }
    if (after.paused() != before.paused()) {
      writes.add(store.pause(after));
      writes.addAll(history.action(after.id(), snapshot.time(), after.paused() ? "pause" : "resume", after.generation(),
          caller, null, null));
      LOG.info("{} {} {}, requested by {}", kind.name(), after.id(), after.paused() ? "paused" : "resumed", caller);
    }
    writes.add(store.updateStatus(after));
    writes.add(statuses.replaceConditions(after.id(), after.status().conditions()));
    if (patch.references() != null) {
      writes.add(references.replace(after.id(), after.references()));
    }
    if (!after.paused()) {
      writes.addAll(outbox.write(List.of(ResourceEvents.of(kind, after,
          after.generation() != before.generation() ? ResourceEvents.GENERATION_CHANGED : ResourceEvents.RESUMED,
          OutboxEntry.Source.WRITE))));
    }
    store.run(writes);
    return after;
  }

  /** Locks the owner, so that it is not deleted while something is added to it. */
  private Resource openOwner(ResourceKey key) {
    var owner = store.lock(key).orElseThrow(key::notFound).resource();
    requireOpen(owner);
    return owner;
  }

  private static void requireOpen(Resource resource) {
    if (resource.finalizing()) {
      throw new Problem(ProblemCode.STATE_CONFLICT,
          resource.kind() + " '" + resource.id() + "' is marked for deletion");
    }
  }
}
