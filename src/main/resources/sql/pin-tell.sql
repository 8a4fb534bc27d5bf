insert into rollout_resources (resource_id, adapter, wave, was_available, was_healthy)
values (:id, :adapter, 0, false, false)
on conflict (resource_id, adapter) do update
set event_time = null
