with gone as (
  delete from resource_conditions
  where resource_id = :id
    and type <> all (:types::text[]))
insert into resource_conditions as stored (resource_id, type, position, status, reason, message, observed_generation,
  created_time, last_updated_time, last_transition_time)
select :id, c.type, c.position, c.status, c.reason, c.message, c.observed_generation, c.created_time,
  c.last_updated_time, c.last_transition_time
from unnest(:types::text[], :statuses::text[], :reasons::text[], :messages::text[], :generations::integer[],
  :createdTimes::timestamptz[], :updatedTimes::timestamptz[], :transitionTimes::timestamptz[])
  with ordinality as c (type, status, reason, message, observed_generation, created_time, last_updated_time,
    last_transition_time, position)
on conflict (resource_id, type) do update
set position = excluded.position,
    status = excluded.status,
    reason = excluded.reason,
    message = excluded.message,
    observed_generation = excluded.observed_generation,
    last_updated_time = excluded.last_updated_time,
    last_transition_time = excluded.last_transition_time
where (stored.position, stored.status, stored.reason, stored.message, stored.observed_generation,
    stored.last_updated_time, stored.last_transition_time)
  is distinct from (excluded.position, excluded.status, excluded.reason, excluded.message,
    excluded.observed_generation, excluded.last_updated_time, excluded.last_transition_time)
