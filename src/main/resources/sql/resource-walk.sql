select r.id, r.generation, r.phase, d.next_event_time, d.event_attempt, r.reported_generation
from (
  select r.id
  from resources r
  where /* where */
    and r.id > :after
    and r.paused_time is null
  order by r.id
  limit :size) step
join resources r on r.id = step.id
join resource_schedules d on d.resource_id = r.id
order by r.id
