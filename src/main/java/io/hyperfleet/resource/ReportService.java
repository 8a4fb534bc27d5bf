package io.hyperfleet.resource;

import io.hyperfleet.announcement.Announcements;
import io.hyperfleet.history.ResourceHistory;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.outbox.OutboxEntry;
import io.hyperfleet.outbox.OutboxWriter;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.schedule.HandledEvents;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.AdapterStatuses;
import io.hyperfleet.status.Progress;
import io.hyperfleet.status.ProgressProperties;
import io.hyperfleet.status.Report;
import io.hyperfleet.status.ReportIntake;
import io.hyperfleet.status.ReportLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Handles adapters' reports: each is one transaction that stores the report, aggregates the status, updates the
 * schedule, and writes an event if the report is progress. The last Finalized report removes the resource.
 */
@Service
@ConditionalOnRole(Role.API)
public class ReportService {

  private static final Logger LOG = LoggerFactory.getLogger(ReportService.class);

  private final ResourceStore store;
  private final AdapterStatuses statuses;
  private final OutboxWriter outbox;
  private final StatusUpdater statusUpdater;
  private final ResourceOwnership ownership;
  private final ResourceHistory history;
  private final Announcements announcements;
  private final HandledEvents handled;
  private final ProgressProperties properties;

  ReportService(ResourceStore store, AdapterStatuses statuses, OutboxWriter outbox, StatusUpdater statusUpdater,
      ResourceOwnership ownership, ResourceHistory history, Announcements announcements,
      HandledEvents handled, ProgressProperties properties) {
    this.store = store;
    this.statuses = statuses;
    this.outbox = outbox;
    this.statusUpdater = statusUpdater;
    this.ownership = ownership;
    this.history = history;
    this.announcements = announcements;
    this.handled = handled;
    this.properties = properties;
  }

  /**
   * Handles one report.
   *
   * @param eventTime when the event was written that the adapter handled, by its account; null = unknown
   * @throws Problem {@code NOT_FOUND}, or {@code VALIDATION} as {@link ReportIntake#decide} and {@link ReportLimits}
   * say
   */
  @Transactional
  public ReportIntake.Decision take(ResourceKey key, Report report, Instant eventTime) {
    // Only a report that something is finalized may remove the resource, and then its owner is locked first.
    var locked = report.finalized() ? ownership.lock(key) : store.lock(key);
    var snapshot = locked.orElseThrow(key::notFound);
    var reports = snapshot.reportsByAdapter();
    var before = reports.get(report.adapter());
    announcements.reported(report.adapter(), snapshot.time());
    handled.handled(report.adapter(), eventTime, snapshot.time());
    var decision = ReportIntake.decide(report, snapshot.resource().generation(), before, snapshot.time());
    if (decision instanceof ReportIntake.Accepted accepted) {
      ReportLimits.check(accepted.status(), reports);
      reports.put(report.adapter(), accepted.status());
      accept(key.kind(), snapshot, before, accepted.status(), reports);
    } else if (before != null && snapshot.resource().tracking().position().outstanding()) {
      answered(key.kind(), snapshot, before, reports);
    }
    return decision;
  }

  /** A discarded report still counts as an answer, for which the next event may wait. */
  private void answered(Kind kind, ResourceSnapshot snapshot, AdapterStatus before,
      Map<String, AdapterStatus> reports) {
    reports.put(before.adapter(), before.answered(snapshot.time()));
    store.run(List.of(
        statuses.answered(snapshot.resource().id(), before.adapter(), snapshot.time()),
        store.updateStatus(statusUpdater.afterAnswer(kind, snapshot.resource(), reports))));
  }

  private void accept(Kind kind, ResourceSnapshot snapshot, AdapterStatus before, AdapterStatus report,
      Map<String, AdapterStatus> reports) {
    var resource = snapshot.resource();
    var children = resource.finalizing() && store.hasChildren(resource.id());
    if (report.finalizedAt(report.observedGeneration())
        && ResourceOwnership.finished(kind, resource, reports, children)) {
      ownership.remove(resource, snapshot.time());
      return;
    }
    var status = statusUpdater.aggregate(kind, resource, before, reports, children);
    var progress = progress(kind, snapshot, before, report, !status.ready());
    var after = statusUpdater.afterReport(kind, resource, reports, status, progress, snapshot.time());
    var writes = new ArrayList<>(List.of(statuses.store(resource.id(), report), store.updateStatus(after)));
    if (!status.conditions().equals(resource.status().conditions())) {
      writes.add(statuses.replaceConditions(resource.id(), status.conditions()));
    }
    writes.addAll(history.report(resource.id(), before, report));
    if (progress != null) {
      writes.addAll(outbox.write(List.of(ResourceEvents.of(
          kind, after, ResourceEvents.ADAPTER_PROGRESS, OutboxEntry.Source.PROGRESS))));
    }
    store.run(writes);
    if (status.ready() && !resource.status().ready()) {
      LOG.info("{} {} is validated: every required adapter is available at generation {}", kind.name(), resource.id(),
          resource.generation());
    }
  }

  private Progress.Window progress(Kind kind, ResourceSnapshot snapshot, AdapterStatus before, AdapterStatus report,
      boolean unfinished) {
    if (!properties.progress() || snapshot.resource().paused() || !Progress.made(before, report, unfinished)) {
      return null;
    }
    return snapshot.resource().tracking().progress().take(snapshot.time(), kind.requiredAdapters().size());
  }
}
