-- Ids of events are in the order of their times.
select h.*
from (
  (select time, type, adapter, generation, status, reason, message, finalized, attempt, action, caller,
    null::uuid as event_id, null::text as state
  from resource_history
  where resource_id = :resourceId
    and time > now() - interval '1 day'
  order by time desc
  limit :size)
  union all
  (select created_time, 'event', null, generation, null, reason, null, null, null, null, null, event_id, state
  from outbox
  where aggregate_id = :aggregateId
    and created_time > now() - interval '1 day'
  order by event_id desc
  limit :size)) h
order by h.time desc
limit :size
