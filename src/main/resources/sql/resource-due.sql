-- What is due comes in order from an index; "offset 0" keeps the planner from reading the fleet first, whatever is searched for.
select r.id, r.generation, r.phase, d.next_event_time, d.event_attempt, r.reported_generation
from resource_schedules d
cross join lateral (
  select r.id, r.generation, r.phase, r.reported_generation
  from resources r
  where r.id = d.resource_id
    and /* where */
  offset 0) r
where d.kind = :kind
  and d.next_event_time <= now()
order by d.next_event_time, d.resource_id
limit :size
