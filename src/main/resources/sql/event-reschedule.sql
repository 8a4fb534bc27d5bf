update resource_schedules d
set next_event_time = moved.next_event_time,
    event_attempt = moved.attempt,
    last_event_time = moved.last_event_time,
    outstanding_since = moved.outstanding_since
from unnest(:ids, :times::timestamptz[], :attempts::integer[], :eventTimes::timestamptz[], :outstandingTimes::timestamptz[])
  as moved (id, next_event_time, attempt, last_event_time, outstanding_since)
where d.resource_id = moved.id
