select r.id, r.kind, r.href, r.owner_id, r.owner_kind, r.owner_href, r.generation, r.phase, r.paused_time, r.paused_by, a.reported,
  a.oldest_report, a.adapters, a.answered, a.available, clock_timestamp() as read_time
from resources r
cross join lateral (
  select count(*) as reported,
    min(s.last_report_time) as oldest_report,
    array_agg(s.adapter) as adapters,
    array_agg(s.answered_time) as answered,
    array_agg(s.last_definitive_status = 'True' and s.last_definitive_generation = r.generation) as available
  from adapter_statuses s
  where s.resource_id = r.id
    and s.adapter = any (:required::text[])) a
where r.id = any (:ids)
  and r.kind = :kind
