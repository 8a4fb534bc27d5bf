-- Another process that decides about the same adapter is not waited for.
select r.*, now() as read_time,
  exists (select from rollout_resources m where m.adapter = r.adapter and m.event_time is null) as untold
from adapter_rollouts r
where r.adapter = :adapter
for update of r skip locked
