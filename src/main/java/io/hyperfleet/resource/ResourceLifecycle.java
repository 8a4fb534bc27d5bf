package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.outbox.OutboxEntry;
import io.hyperfleet.outbox.OutboxWriter;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.schedule.Schedule;
import io.hyperfleet.status.AdapterStatuses;
import io.hyperfleet.status.Progress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Creates, changes and deletes resources: each call is one transaction that holds the resource, its conditions, its
 * schedule and the event about it. Methods return after the commit; every failure rolls everything back.
 */
@Service
@ConditionalOnRole(Role.API)
public class ResourceLifecycle {

  private final ResourceStore store;
  private final AdapterStatuses statuses;
  private final OutboxWriter outbox;
  private final StatusKeeping keeping;

  public ResourceLifecycle(
      ResourceStore store, AdapterStatuses statuses, OutboxWriter outbox, Schedule schedule) {
    this.store = store;
    this.statuses = statuses;
    this.outbox = outbox;
    this.keeping = new StatusKeeping(schedule);
  }

  /**
   * Creates a resource of a root kind at generation 1.
   *
   * @throws Problem {@code VALIDATION} or {@code MALFORMED} for the body, {@code CONFLICT} when the name is taken
   */
  @Transactional
  public Resource create(Kind kind, ObjectNode body, String caller) {
    var wanted = NewResource.parse(kind, body);
    var now = store.clock();
    var id = UuidV7.next();
    var tracking = new Tracking(0, Schedule.Position.NEVER, new Progress.Window(null, 0));
    var draft = new Resource(id, kind.name(), wanted.name(), kind.href(id.toString()), null, wanted.spec(),
        JsonNodeFactory.instance.objectNode(), wanted.labels(), 1, null, tracking, Audit.created(now, caller));
    var resource = keeping.afterWrite(kind, draft, Map.of(), false, now);
    try {
      store.insert(resource);
    } catch (DuplicateKeyException e) {
      throw new Problem(ProblemCode.CONFLICT, "This " + kind.name() + " already exists");
    }
    statuses.replaceConditions(id, resource.status().conditions());
    outbox.write(List.of(ResourceEvents.of(kind, resource, ResourceEvents.CREATED, OutboxEntry.Source.WRITE)));
    return resource;
  }

  /**
   * Replaces the spec, the labels, or both. The generation moves on if anything means something else than before.
   *
   * @throws Problem {@code NOT_FOUND}; {@code STATE_CONFLICT} when it is being deleted, whatever the body holds;
   *     {@code MALFORMED}, {@code VALIDATION} or {@code BAD_REQUEST} for the body
   */
  @Transactional
  public Resource patch(Kind kind, UUID id, ObjectNode body, String caller) {
    var snapshot = locked(kind, id);
    var before = snapshot.resource();
    if (before.finalizing()) {
      throw new Problem(ProblemCode.STATE_CONFLICT, kind.name() + " '" + id + "' is marked for deletion");
    }
    var patch = ResourcePatch.parse(body);
    if (!patch.changes(before)) {
      return before;
    }
    var changed = before.changed(
        patch.spec() == null ? before.spec() : patch.spec(),
        patch.labels() == null ? before.labels() : patch.labels(), snapshot.time(), caller);
    var after = keeping.afterWrite(kind, changed, snapshot.reportsByAdapter(), false, snapshot.time());
    store(before, after);
    outbox.write(List.of(ResourceEvents.of(
        kind, after, ResourceEvents.GENERATION_CHANGED, OutboxEntry.Source.WRITE)));
    return after;
  }

  /**
   * Asks for a resource to go. It stays, finalizing, until every required adapter has reported Finalized; without
   * required adapters it goes at once. Asking again changes nothing.
   *
   * @throws Problem {@code NOT_FOUND}
   */
  @Transactional
  public Resource delete(Kind kind, UUID id, String caller) {
    var snapshot = locked(kind, id);
    var before = snapshot.resource();
    var children = store.hasChildren(id);
    var after = before;
    if (!before.finalizing()) {
      after = keeping.afterWrite(kind, before.deleted(snapshot.time(), caller), snapshot.reportsByAdapter(), children,
          snapshot.time());
      store(before, after);
      outbox.write(List.of(ResourceEvents.of(kind, after, ResourceEvents.DELETED, OutboxEntry.Source.WRITE)));
    }
    if (kind.requiredAdapters().isEmpty() && !children) {
      store.delete(id);
    }
    return after;
  }

  private void store(Resource before, Resource after) {
    store.updateContent(before, after);
    store.updateStatus(after);
    statuses.replaceConditions(after.id(), after.status().conditions());
  }

  private Snapshot locked(Kind kind, UUID id) {
    return store.lock(kind, id).orElseThrow(() -> Problem.notFound(kind.name(), id.toString()));
  }
}
