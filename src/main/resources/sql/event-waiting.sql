-- By the index for each resource, however few rows there were when the plan was made: "= any" would compare each row that
-- waits with each resource.
select wanted.aggregate_id, o.event_type, o.event_id
from unnest(:aggregateIds::text[]) as wanted (aggregate_id)
cross join lateral (
  select event_type, event_id
  from outbox
  where aggregate_id = wanted.aggregate_id
    and state = 'pending'
    and lease_id is null
  order by event_id
  for update skip locked) o
