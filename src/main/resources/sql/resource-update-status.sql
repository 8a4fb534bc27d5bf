update resources
set phase = :phase,
    status_observed_generation = :observedGeneration,
    status_last_updated_time = :lastUpdatedTime,
    status_last_transition_time = :lastTransitionTime,
    reported_generation = :reportedGeneration,
    next_event_time = :nextEventTime::timestamptz,
    event_attempt = :eventAttempt,
    progress_window_start = :progressWindowStart::timestamptz,
    progress_count = :progressCount
where id = :id
