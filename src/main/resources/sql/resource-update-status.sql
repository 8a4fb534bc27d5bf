with schedule as (
  update resource_schedules
  set next_event_time = :nextEventTime::timestamptz,
      event_attempt = :eventAttempt,
      last_event_time = :lastEventTime::timestamptz,
      outstanding_since = :outstandingSince::timestamptz
  where resource_id = :id
    and (next_event_time, event_attempt, last_event_time, outstanding_since) is distinct from (:nextEventTime::timestamptz,
      :eventAttempt::integer, :lastEventTime::timestamptz, :outstandingSince::timestamptz))
update resources
set phase = :phase,
    status_observed_generation = :observedGeneration,
    status_last_updated_time = :lastUpdatedTime,
    status_last_transition_time = :lastTransitionTime,
    reported_generation = :reportedGeneration,
    progress_window_start = :progressWindowStart::timestamptz,
    progress_count = :progressCount,
    rules = :rules
where id = :id
