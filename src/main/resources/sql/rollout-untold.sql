select resource_id
from rollout_resources
where adapter = :adapter
  and event_time is null
order by resource_id
limit :size
