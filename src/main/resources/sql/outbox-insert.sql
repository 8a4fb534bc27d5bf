insert into outbox (event_id, aggregate_type, aggregate_id, event_type, generation, reason, source, payload, created_time,
  next_attempt_time, traceparent, tracestate)
select e.event_id, e.aggregate_type, e.aggregate_id, e.event_type, e.generation, e.reason, e.source, e.payload,
  clock_timestamp(), now(), :traceparent, :tracestate
from unnest(:eventIds::uuid[], :aggregateTypes::text[], :aggregateIds::text[], :eventTypes::text[],
  :generations::integer[], :reasons::text[], :sources::text[], :payloads::jsonb[])
  with ordinality as e (event_id, aggregate_type, aggregate_id, event_type, generation, reason, source, payload, position)
order by e.position
