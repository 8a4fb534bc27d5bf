update rollout_resources
set event_time = now()
where adapter = :adapter
  and resource_id = any (:ids)
