-- What is outstanding the longest stands at the beginning of an index; whoever is late with nothing of that is not late.
with oldest as (
  select resource_id, kind, outstanding_since, last_event_time
  from resource_schedules
  where outstanding_since is not null
  order by outstanding_since
  limit 1000)
select required.adapter,
       cast(extract(epoch from now() - min(greatest(o.outstanding_since, s.answered_time))) as double precision) as seconds
from oldest o
join resources r on r.id = o.resource_id
join unnest(:kinds::text[], :adapters::text[]) as required (kind, adapter) on required.kind = o.kind
left join adapter_statuses s on s.resource_id = o.resource_id and s.adapter = required.adapter
where s.answered_time is null
  or s.answered_time < o.last_event_time
    and not (s.last_definitive_status = 'True'
      and s.last_definitive_generation = r.generation
      and s.answered_time > o.last_event_time - :freshSeconds * interval '1 second')
group by 1
order by 1
