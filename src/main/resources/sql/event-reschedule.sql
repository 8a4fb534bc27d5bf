update resources r
set next_event_time = moved.next_event_time,
    event_attempt = moved.attempt
from unnest(:ids, :times::timestamptz[], :attempts::integer[]) as moved (id, next_event_time, attempt)
where r.id = moved.id
