select r.id, r.generation, r.phase, r.next_event_time, r.event_attempt, r.reported_generation
from resources r
where /* where */
  and r.next_event_time <= now()
order by r.next_event_time, r.id
limit :size
