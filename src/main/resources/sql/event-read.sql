select o.*
from outbox o
where o.event_id = :id
  and /* tenant */
