package io.hyperfleet.resource;

import io.hyperfleet.announcement.SuspendedAdapters;
import io.hyperfleet.history.ResourceHistory;
import io.hyperfleet.kind.AdapterNames;
import io.hyperfleet.outbox.OutboxEntry;
import io.hyperfleet.outbox.OutboxWriter;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.BoundStatement;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.AdapterStatuses;
import io.hyperfleet.status.ReportedCondition;
import io.hyperfleet.status.WantedRetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Requests one more attempt for a Job that has failed or is gone, regardless of how many attempts the adapter allows.
 * The request is stored with the adapter's report, and an event triggers the adapter at once.
 */
@Service
@ConditionalOnRole(Role.API)
public class RetryService {

  private static final Logger LOG = LoggerFactory.getLogger(RetryService.class);
  private static final Set<String> ENDED = Set.of("JobFailed", "JobGone");

  private final ResourceStore store;
  private final AdapterStatuses statuses;
  private final OutboxWriter outbox;
  private final StatusUpdater statusUpdater;
  private final SuspendedAdapters suspended;
  private final ResourceHistory history;

  RetryService(ResourceStore store, AdapterStatuses statuses, OutboxWriter outbox, StatusUpdater statusUpdater,
      SuspendedAdapters suspended, ResourceHistory history) {
    this.store = store;
    this.statuses = statuses;
    this.outbox = outbox;
    this.statusUpdater = statusUpdater;
    this.suspended = suspended;
    this.history = history;
  }

  /**
   * Asks one adapter for another attempt.
   *
   * @throws Problem {@code NOT_FOUND} for a resource, or an adapter of it, that is not there; {@code VALIDATION} for
   * what is no adapter's name; {@code STATE_CONFLICT} where no Job has failed or is gone, saying what there is instead
   */
  @Transactional
  public RetryOutcome retry(ResourceKey key, String adapter, String caller) {
    if (!AdapterNames.isName(adapter)) {
      throw Problem
          .invalid(new FieldError("adapter", "adapter must be at most 63 lower-case letters, digits and '-', and "
              + "start and end with a letter or digit", null, "pattern"));
    }
    var snapshot = store.lock(key).orElseThrow(key::notFound);
    var report = snapshot.reportsByAdapter().get(adapter);
    if (report == null && !key.kind().requiredAdapters().contains(adapter)) {
      throw new Problem(ProblemCode.NOT_FOUND,
          key.kind().name() + " '" + key.id() + "' has no adapter '" + adapter + "'");
    }
    requireOpen(snapshot.resource());
    int generation = snapshot.resource().generation();
    if (report != null && report.availableAt(generation)) {
      return RetryOutcome.available(adapter, generation);
    }
    var refusal = refusal(adapter, report, generation);
    if (refusal != null) {
      throw new Problem(ProblemCode.STATE_CONFLICT, adapter + " cannot be retried: " + refusal);
    }
    return ask(key, snapshot, List.of(report), caller).get(0);
  }

  /** Requests another attempt of each adapter with a failed or missing Job. */
  @Transactional
  public List<RetryOutcome> retryAll(ResourceKey key, String caller) {
    var snapshot = store.lock(key).orElseThrow(key::notFound);
    requireOpen(snapshot.resource());
    int generation = snapshot.resource().generation();
    var ended = snapshot.reports().stream().filter(report -> !report.availableAt(generation)
        && refusal(report.adapter(), report, generation) == null).toList();
    return ended.isEmpty() ? List.of() : ask(key, snapshot, ended, caller);
  }

  private List<RetryOutcome> ask(ResourceKey key, ResourceSnapshot snapshot, List<AdapterStatus> ended, String caller) {
    var resource = snapshot.resource();
    var reports = snapshot.reportsByAdapter();
    var writes = new ArrayList<BoundStatement>();
    for (AdapterStatus report : ended) {
      var open = report.retryOpen(resource.generation());
      var retry = open
          ? report.retry()
          : new WantedRetry(resource.generation(), Math.max(1, report.attempt(resource.generation())) + 1,
              snapshot.time(), caller);
      reports.put(report.adapter(), report.wanting(retry));
      if (!open) {
        writes.add(statuses.retry(resource.id(), report.adapter(), retry));
        writes.addAll(history.action(resource.id(), snapshot.time(), "retry", resource.generation(), caller,
            report.adapter(), retry.wantedAttempt()));
      }
      LOG.info("{} {}: attempt {} of {} at generation {}, requested by {}", key.kind().name(), key.id(),
          retry.wantedAttempt(), report.adapter(), resource.generation(), caller);
    }
    var after = statusUpdater.afterWrite(key.kind(), resource, reports, false, snapshot.time());
    var event = ResourceEvents.of(key.kind(), after, ResourceEvents.RETRY_REQUESTED, OutboxEntry.Source.MANUAL);
    writes.add(store.updateStatus(after));
    writes.add(statuses.replaceConditions(after.id(), after.status().conditions()));
    writes.addAll(outbox.write(List.of(event)));
    store.run(writes);
    return ended.stream().map(report -> RetryOutcome.accepted(report.adapter(),
        reports.get(report.adapter()).retry(), event.eventId())).toList();
  }

  private static void requireOpen(Resource resource) {
    if (resource.finalizing()) {
      throw new Problem(ProblemCode.STATE_CONFLICT, resource.kind() + " '" + resource.id()
          + "' is marked for deletion: its adapters only clean up");
    }
    if (resource.paused()) {
      throw new Problem(ProblemCode.STATE_CONFLICT, resource.kind() + " '" + resource.id() + "' is paused by "
          + resource.audit().pausedBy() + " since " + resource.audit().pausedTime() + ": resume it first");
    }
  }

  /** Why an adapter that is not Available cannot be retried; null where it can. */
  private String refusal(String adapter, AdapterStatus report, int generation) {
    if (suspended.names().contains(adapter)) {
      return "it is suspended";
    }
    if (report == null || report.observedGeneration() < generation) {
      return "it has not reported on generation " + generation + " yet; request an event with POST /events";
    }
    if (report.retryOpen(generation)) {
      return null;
    }
    var available = report.condition(ReportedCondition.AVAILABLE);
    var reason = available.reason();
    if (available.status().equals(ReportedCondition.UNKNOWN)) {
      return "it is in progress (" + reason + ")";
    }
    if (ENDED.contains(Objects.toString(reason, "")) || hasFailedJob(report, generation)) {
      return null;
    }
    return "none of its Jobs has failed or is gone (" + reason
        + "); it retries with every event, which POST /events requests";
  }

  private static boolean hasFailedJob(AdapterStatus report, int generation) {
    if (report.launched() != null) {
      for (var launch : report.launched()) {
        if (launch.path("generation").asInt() == generation && "Failed".equals(launch.path("result").asText())) {
          return true;
        }
      }
    }
    return false;
  }
}
