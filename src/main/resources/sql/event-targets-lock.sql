-- The schedule alone is locked: it is what is written. Whoever changes a resource locks both, the resource first.
select resource_id, next_event_time, event_attempt, last_event_time, outstanding_since
from resource_schedules d
where resource_id = any (:ids)
  and (:tenancy::jsonb is null or exists (
    select 1
    from resources r
    where r.id = d.resource_id
      and r.tenancy = :tenancy::jsonb))
order by resource_id
for update of d
