-- Those of the kind that another revision has made what they have.
insert into rollout_resources (resource_id, adapter, wave, was_available, was_healthy)
select s.resource_id, s.adapter, 0, false, false
from adapter_statuses s
join resources r on r.id = s.resource_id
where s.adapter = :adapter
  and s.adapter_revision is distinct from :to
  and r.deleted_time is null
  and not exists (select from adapter_pins p where p.resource_id = s.resource_id and p.adapter = s.adapter)
on conflict (resource_id, adapter) do update
set event_time = null
