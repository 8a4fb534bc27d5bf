select aggregate_id, event_type, event_id
from outbox
where aggregate_id = any (:aggregateIds)
  and state = 'pending'
  and lease_id is null
order by event_id
for update skip locked
