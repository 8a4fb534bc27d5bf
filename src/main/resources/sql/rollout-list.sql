select r.*, now() as read_time,
  exists (select from rollout_resources m where m.adapter = r.adapter and m.event_time is null) as untold
from adapter_rollouts r
order by r.adapter
