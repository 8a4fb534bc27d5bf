-- What the adapter said before is what it has to say again. A resource that has just been created is told by its own event.
insert into rollout_resources (resource_id, adapter, wave, was_available, was_healthy, event_time)
select i.id, :adapter, :wave,
  coalesce(s.conditions @> '[{"type": "Available", "status": "True"}]', false),
  not coalesce(s.conditions @> '[{"type": "Health", "status": "False"}]', false),
  case when :told then now() end
from unnest(:ids::uuid[]) as i (id)
join resources r on r.id = i.id
left join adapter_statuses s on s.resource_id = i.id and s.adapter = :adapter
on conflict (resource_id, adapter) do nothing
