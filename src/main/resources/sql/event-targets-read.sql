select r.id, r.kind, r.href, r.owner_id, r.owner_kind, r.owner_href, r.generation, r.phase, d.next_event_time,
  d.event_attempt,
  case when r.phase = 'Ready' then
    (select case when count(*) = cardinality(:required::text[]) then min(s.last_report_time) end
     from adapter_statuses s
     where s.resource_id = r.id
       and s.adapter = any (:required::text[]))
  end as oldest_report
from resources r
join resource_schedules d on d.resource_id = r.id
where r.id = any (:ids)
  and r.kind = :kind
