update resource_schedules d
set next_event_time = moved.next_event_time,
    event_attempt = moved.attempt
from unnest(:ids, :times::timestamptz[], :attempts::integer[]) as moved (id, next_event_time, attempt)
where d.resource_id = moved.id
