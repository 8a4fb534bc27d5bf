package io.hyperfleet.resource;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.outbox.OutboxEntry;
import io.hyperfleet.outbox.OutboxWriter;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.schedule.Schedule;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.AdapterStatuses;
import io.hyperfleet.status.Progress;
import io.hyperfleet.status.ProgressProperties;
import io.hyperfleet.status.Report;
import io.hyperfleet.status.ReportIntake;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes adapters' reports: each is one transaction that stores the report, aggregates the status, moves the schedule,
 * and writes an event when the report is progress. The last Finalized report removes the resource.
 */
@Service
@ConditionalOnRole(Role.API)
public class ReportTaking {

  private static final Logger LOG = LoggerFactory.getLogger(ReportTaking.class);

  private final ResourceStore store;
  private final AdapterStatuses statuses;
  private final OutboxWriter outbox;
  private final StatusKeeping keeping;
  private final ProgressProperties properties;

  public ReportTaking(ResourceStore store, AdapterStatuses statuses, OutboxWriter outbox, Schedule schedule,
      ProgressProperties properties) {
    this.store = store;
    this.statuses = statuses;
    this.outbox = outbox;
    this.keeping = new StatusKeeping(schedule);
    this.properties = properties;
  }

  /**
   * Takes one report.
   *
   * @throws Problem {@code NOT_FOUND}, or {@code VALIDATION} as {@link ReportIntake#decide} says
   */
  @Transactional
  public ReportIntake.Decision take(Kind kind, UUID id, Report report) {
    var snapshot = store.lock(kind, id).orElseThrow(() -> Problem.notFound(kind.name(), id.toString()));
    var reports = snapshot.reportsByAdapter();
    var before = reports.get(report.adapter());
    var decision = ReportIntake.decide(report, snapshot.resource().generation(), before, snapshot.time());
    if (decision instanceof ReportIntake.Accepted accepted) {
      reports.put(report.adapter(), accepted.status());
      accept(kind, snapshot, before, accepted.status(), reports);
    }
    return decision;
  }

  private void accept(Kind kind, Snapshot snapshot, AdapterStatus before, AdapterStatus report,
      Map<String, AdapterStatus> reports) {
    var resource = snapshot.resource();
    var children = resource.finalizing() && store.hasChildren(resource.id());
    if (finished(kind, resource, report, reports, children)) {
      store.delete(resource.id());
      LOG.info("{} {} is gone: every required adapter has finalized", kind.name(), resource.id());
      return;
    }
    var status = keeping.aggregate(kind, resource, reports, children);
    var progress = progress(kind, snapshot, before, report, !status.ready());
    var after = keeping.afterReport(kind, resource, reports, status, progress, snapshot.time());
    statuses.store(resource.id(), report);
    if (!status.conditions().equals(resource.status().conditions())) {
      statuses.replaceConditions(resource.id(), status.conditions());
    }
    store.updateStatus(after);
    if (progress != null) {
      outbox.write(List.of(ResourceEvents.of(
          kind, after, ResourceEvents.ADAPTER_PROGRESS, OutboxEntry.Source.PROGRESS)));
    }
    if (status.ready() && !resource.status().ready()) {
      LOG.info("{} {} is validated: every required adapter is available at generation {}", kind.name(), resource.id(),
          resource.generation());
    }
  }

  private static boolean finished(Kind kind, Resource resource, AdapterStatus report,
      Map<String, AdapterStatus> reports, boolean children) {
    return resource.finalizing() && !children && report.finalizedAt(report.observedGeneration())
        && kind.requiredAdapters().stream()
            .allMatch(adapter -> reports.containsKey(adapter)
                && reports.get(adapter).finalizedAt(resource.generation()));
  }

  private Progress.Window progress(Kind kind, Snapshot snapshot, AdapterStatus before, AdapterStatus report,
      boolean unfinished) {
    if (!properties.progress() || !Progress.made(before, report, unfinished)) {
      return null;
    }
    return snapshot.resource().tracking().progress().take(snapshot.time(), kind.requiredAdapters().size());
  }
}
