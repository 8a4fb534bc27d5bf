-- Whoever goes on takes what has failed as it is; what has not answered is told again.
update rollout_resources m
set was_available = m.was_available and not failed,
    was_healthy = m.was_healthy and not failed,
    event_time = case when follows then m.event_time end
from (
  select m.resource_id, s.adapter_revision is not distinct from :to as follows,
    s.adapter_revision is not distinct from :to
      and not coalesce(s.conditions @> '[{"type": "Available", "status": "True"}, {"type": "Health", "status": "True"}]', false) as failed
  from rollout_resources m
  left join adapter_statuses s on s.resource_id = m.resource_id and s.adapter = m.adapter
  where m.adapter = :adapter) now
where m.adapter = :adapter
  and m.resource_id = now.resource_id
