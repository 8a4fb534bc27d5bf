package io.hyperfleet.resource;

import io.hyperfleet.announcement.SuspendedAdapters;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.schedule.Schedule;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.Aggregation;
import io.hyperfleet.status.Circumstances;
import io.hyperfleet.status.ConditionMapping;
import io.hyperfleet.status.Evidence;
import io.hyperfleet.status.MappedCondition;
import io.hyperfleet.status.Progress;
import io.hyperfleet.status.ResourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/** Updates status and schedule in every transaction that changes a resource. */
@Component
@ConditionalOnRole(Role.API)
class StatusUpdater {

  private final Schedule schedule;
  private final ConditionMapping mapping;
  private final SuspendedAdapters suspended;

  StatusUpdater(Schedule schedule, ConditionMapping mapping, SuspendedAdapters suspended) {
    this.schedule = schedule;
    this.mapping = mapping;
    this.suspended = suspended;
  }

  /** After a write: the status at the new generation, and the schedule from its start. */
  Resource afterWrite(Kind kind, Resource resource, Map<String, AdapterStatus> reports, boolean children,
      Instant now) {
    var status = aggregate(kind, resource, reports, children);
    var tracking = resource.tracking();
    return resource.with(status, tracking.at(position(resource,
        schedule.restart(tracking.position(), state(kind, resource, status, reports), now, jitter()))));
  }

  /**
   * After a report.
   *
   * @param status the status computed from the reports
   * @param progress the limit's new state when the report wrote an event, else null
   */
  Resource afterReport(Kind kind, Resource resource, Map<String, AdapterStatus> reports, ResourceStatus status,
      Progress.Window progress, Instant now) {
    var state = state(kind, resource, status, reports);
    var tracking = resource.tracking();
    var position = progress != null
        ? schedule.restart(tracking.position(), state, now, jitter())
        : schedule.afterReport(tracking.position(), state, resource.status().ready(), now, jitter());
    int reported = reports.values().stream().mapToInt(AdapterStatus::observedGeneration).max().orElse(0);
    return resource.with(status,
        new Tracking(reported, position(resource, position), progress != null ? progress : tracking.progress()));
  }

  /** After an answer of an adapter that said nothing new: only the schedule may move. */
  Resource afterAnswer(Kind kind, Resource resource, Map<String, AdapterStatus> reports) {
    var tracking = resource.tracking();
    return resource.with(resource.status(), tracking.at(position(resource, schedule.afterAnswer(tracking.position(),
        state(kind, resource, resource.status(), reports), jitter()))));
  }

  /** After one of the resources that it owned is gone, which wrote an event where it is being deleted itself. */
  Resource afterChild(Kind kind, Resource resource, Map<String, AdapterStatus> reports, boolean children,
      Instant now) {
    var status = aggregate(kind, resource, reports, children);
    var tracking = resource.tracking();
    return resource.with(status, resource.finalizing()
        ? tracking.at(position(resource,
            schedule.restart(tracking.position(), state(kind, resource, status, reports), now, jitter())))
        : tracking);
  }

  /** After a change of the required adapters of its kind. */
  Resource afterRules(Kind kind, Resource resource, Map<String, AdapterStatus> reports, boolean children, Instant now) {
    return afterReport(kind, resource, reports, aggregate(kind, resource, reports, children), null, now);
  }

  ResourceStatus aggregate(Kind kind, Resource resource, Map<String, AdapterStatus> reports, boolean children) {
    return aggregate(kind, resource, null, reports, children);
  }

  /**
   * The status that follows from the reports.
   *
   * @param before the previous report of the adapter that has just reported; null after any other change
   */
  ResourceStatus aggregate(Kind kind, Resource resource, AdapterStatus before, Map<String, AdapterStatus> reports,
      boolean children) {
    var audit = resource.audit();
    var evidence = new Evidence(resource.generation(), audit.updatedTime(), resource.finalizing(), children,
        kind.requiredAdapters(), reports, resource.status(),
        new Circumstances(audit.pausedTime(), audit.pausedBy(), suspended.names(), before));
    var mapped = kind.conditions().isEmpty()
        ? List.<MappedCondition>of()
        : mapping.map(kind, resource.describe(), reports.values());
    return Aggregation.withMapped(Aggregation.aggregate(evidence), evidence, mapped);
  }

  /** Nothing is ever due for a resource that is paused. */
  private static Schedule.Position position(Resource resource, Schedule.Position position) {
    return resource.paused() ? Schedule.Position.NEVER : position;
  }

  private Schedule.State state(Kind kind, Resource resource, ResourceStatus status,
      Map<String, AdapterStatus> reports) {
    var required = suspended.awaited(kind.requiredAdapters());
    var oldest = !reports.keySet().containsAll(required)
        ? null
        : required.stream().map(reports::get).map(AdapterStatus::lastReportTime).min(Instant::compareTo).orElse(null);
    var answers = required.stream().map(reports::get).map(report -> report == null
        ? new Schedule.Answer(null, false)
        : new Schedule.Answer(report.answeredTime(), report.availableAt(resource.generation()))).toList();
    return new Schedule.State(status.ready(), oldest, answers);
  }

  private static double jitter() {
    return ThreadLocalRandom.current().nextDouble(-1, 1);
  }
}
