-- What became of the resources that have moved; of those that are paused or being deleted nothing is to be said.
select count(*) as moved,
  count(*) filter (where follows and not worse and not waits) as healthy,
  count(*) filter (where follows and worse) as failed,
  count(*) filter (where not follows or waits and not worse) as pending,
  count(*) filter (where (not follows or waits and not worse) and event_time < now() - make_interval(secs => :within)) as overdue
from (
  select m.event_time, s.adapter_revision is not distinct from :to as follows,
    m.was_healthy and coalesce(s.conditions @> '[{"type": "Health", "status": "False"}]', false)
      or m.was_available and coalesce(s.conditions @> '[{"type": "Available", "status": "False"}]', false) as worse,
    m.was_available and not coalesce(s.conditions @> '[{"type": "Available", "status": "True"}]', false) as waits
  from rollout_resources m
  join resources r on r.id = m.resource_id
  left join adapter_statuses s on s.resource_id = m.resource_id and s.adapter = m.adapter
  where m.adapter = :adapter
    and r.deleted_time is null
    and r.paused_time is null) moved
