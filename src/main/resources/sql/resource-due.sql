select id, generation, phase, next_event_time, event_attempt, reported_generation
from resources
where kind = :kind
  and next_event_time <= now()
order by next_event_time, id
limit :size
