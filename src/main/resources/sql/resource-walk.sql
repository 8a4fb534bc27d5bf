select r.id, r.generation, r.phase, r.next_event_time, r.event_attempt, r.reported_generation
from (
  select r.id
  from resources r
  where /* where */
    and r.id > :after
  order by r.id
  limit :size) step
join resources r on r.id = step.id
order by r.id
