package io.hyperfleet.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.events.EventOutcome;
import io.hyperfleet.events.EventService;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.resource.ResourceKey;
import io.hyperfleet.resource.RetryService;
import io.hyperfleet.resource.list.DueResource;
import io.hyperfleet.resource.list.ListFilter;
import io.hyperfleet.resource.list.ListScope;
import io.hyperfleet.resource.list.Page;
import io.hyperfleet.resource.list.ResourceLists;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.search.SearchFilter;
import io.hyperfleet.status.Phase;
import io.hyperfleet.tenancy.Tenant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Retries or reconciles all resources that match a search, at a limited rate. The operation and its progress are stored
 * in a table, so that any process can continue it. An interrupted step is repeated, which does not request a second
 * attempt.
 */
@Service
@ConditionalOnRole(Role.API)
public class BulkOperations {

  private static final Logger LOG = LoggerFactory.getLogger(BulkOperations.class);

  private final BulkStore store;
  private final ResourceLists lists;
  private final RetryService retries;
  private final EventService events;
  private final Kinds kinds;

  BulkOperations(BulkStore store, ResourceLists lists, RetryService retries, EventService events, Kinds kinds) {
    this.store = store;
    this.lists = lists;
    this.retries = retries;
    this.events = events;
    this.kinds = kinds;
  }

  /**
   * Starts an operation.
   *
   * @throws Problem {@code VALIDATION}, or {@code BAD_REQUEST} for the search
   */
  public BulkOperation begin(ObjectNode body, Tenant tenant, String caller) {
    var request = BulkRequest.parse(body, kinds);
    var id = UuidV7.next();
    var matched = lists.total(scope(request.kind(), tenant), filter(request.action(), request.search()));
    store.insert(id, request, tenant, matched, caller);
    LOG.info("operation {}: {} {} of the kind {} that match [{}], {} a second, requested by {}", id, request.action(),
        matched, request.kind().name(), request.search() == null ? "" : request.search().replaceAll("\\p{Cntrl}", " "),
        request.rate(), caller);
    return store.read(id, tenant).orElseThrow();
  }

  /**
   * One operation.
   *
   * @throws Problem {@code NOT_FOUND}
   */
  public BulkOperation read(UUID id, Tenant tenant) {
    return store.read(id, tenant).orElseThrow(() -> Problem.notFound("Operation", id.toString()));
  }

  /** A page of operations, the newest first. */
  public Page<BulkOperation> list(Tenant tenant, int size, long offset) {
    return store.list(tenant, size, offset);
  }

  /**
   * Stops an operation; completed steps are kept.
   *
   * @throws Problem {@code NOT_FOUND}; {@code STATE_CONFLICT} when it has ended
   */
  public BulkOperation stop(UUID id, Tenant tenant, String caller) {
    var operation = read(id, tenant);
    if (!store.stop(id, caller)) {
      throw new Problem(ProblemCode.STATE_CONFLICT, "Operation '" + id + "' is " + read(id, tenant).state());
    }
    LOG.info("operation {}: stopped by {} after {} of {}", id, caller, operation.handled(), operation.matched());
    return read(id, tenant);
  }

  /** Runs the next step of the operation that has waited longest; false if none is due. */
  public boolean step() {
    var due = store.claim();
    due.ifPresent(operation -> store.progress(operation, kinds.named(operation.kind())
        .map(kind -> step(operation, kind))
        .orElseGet(() -> new BulkStep(operation.after(), 0, 0, 0, "the kind " + operation.kind() + " no longer exists",
            true))));
    return due.isPresent();
  }

  /** Deletes operations that ended a week ago. */
  public void purge() {
    store.purge();
  }

  private BulkStep step(BulkOperation operation, Kind kind) {
    var found = lists.walk(scope(kind, operation.tenant()), filter(operation.action(), operation.search()),
        operation.after(), operation.rate()).stream().map(DueResource::id).toList();
    var done = found.size() < operation.rate();
    var after = found.isEmpty() ? operation.after() : found.get(found.size() - 1);
    return operation.action().equals(BulkOperation.RETRY)
        ? retry(operation, kind, found, after, done)
        : reconcile(operation, kind, found, after, done);
  }

  private BulkStep retry(BulkOperation operation, Kind kind, List<UUID> found, UUID after, boolean done) {
    int succeeded = 0;
    int skipped = 0;
    int failed = 0;
    String error = null;
    for (UUID id : found) {
      try {
        if (retried(operation, new ResourceKey(kind, id, null, operation.tenant()))) {
          succeeded++;
        } else {
          skipped++;
        }
      } catch (Problem e) {
        // Its state has changed since the search, or there is nothing to retry.
        skipped++;
      } catch (RuntimeException e) {
        failed++;
        error = kind.name() + " " + id + ": " + e.getClass().getSimpleName();
        LOG.warn("operation {}: {} {}: {}", operation.id(), kind.name(), id, e.toString());
      }
    }
    return new BulkStep(after, succeeded, skipped, failed, error, done);
  }

  private boolean retried(BulkOperation operation, ResourceKey key) {
    return operation.adapter() == null
        ? !retries.retryAll(key, operation.createdBy()).isEmpty()
        : retries.retry(key, operation.adapter(), operation.createdBy()).accepted();
  }

  private BulkStep reconcile(BulkOperation operation, Kind kind, List<UUID> found, UUID after, boolean done) {
    var items = JsonNodeFactory.instance.arrayNode();
    found.forEach(id -> items.addObject().put("aggregate_type", kind.name()).put("aggregate_id", id.toString())
        .put("reason", "manual"));
    int rejected = (int) events.postAll(items, operation.tenant()).stream()
        .filter(outcome -> outcome.status() == EventOutcome.Status.REJECTED).count();
    return new BulkStep(after, found.size() - rejected, rejected, 0, null, done);
  }

  private static ListScope scope(Kind kind, Tenant tenant) {
    return new ListScope(kind, null, tenant, null, null);
  }

  /** Ready resources have nothing to retry. */
  private static ListFilter filter(String action, String search) {
    return new ListFilter(action.equals(BulkOperation.RETRY) ? Phase.NOT_READY : null, SearchFilter.parse(search));
  }
}
